/** Any host's id fits. It is safe in a header and in a log line. */
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/**
 * Reads a property or calls a method of the host's context object. The object may do anything, so it is not trusted.
 *
 * @returns undefined if it is missing or throws. A promise counts as a value, and its rejection must not end the process
 */
export function read(context: unknown, name: string, ...args: readonly unknown[]): unknown {
  try {
    const member: unknown = (context as Record<string, unknown> | null | undefined)?.[name];
    const value: unknown = typeof member === 'function' ? member.apply(context, args) : member;
    if (value instanceof Promise) value.catch(() => undefined);
    return value;
  } catch {
    return undefined;
  }
}

/** Whether the context has a method of this name. */
export function hasMethod(context: unknown, name: string): boolean {
  try {
    return typeof (context as Record<string, unknown> | null | undefined)?.[name] === 'function';
  } catch {
    return false;
  }
}

/** Returns a text that is not empty, else undefined: hosts use an empty string for "not set". */
export function nonEmptyText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns a host's request id, if it is safe in a header. */
export function requestId(value: unknown): string | undefined {
  return typeof value === 'string' && REQUEST_ID.test(value) ? value : undefined;
}

/** Returns the time that the host leaves, in milliseconds: 0 if it is negative, undefined if it is not a number. */
export function milliseconds(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : undefined;
}

/** Returns a setting from the environment of the process. */
export function environment(name: string): string | undefined {
  return nonEmptyText(process.env[name]);
}
