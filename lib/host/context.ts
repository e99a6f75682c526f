/** Longer than any host's id and plain enough for a header and a log line. */
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/**
 * Reads a property or calls a method of a host's context object, which is not ours to trust.
 *
 * @returns undefined where it is missing or throws; a promise is no answer, and its rejection must not end the process
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

/** The text, or undefined where it is none or is empty: hosts say "not set" by an empty string. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A host's request id, where it is fit for a header. */
export function requestId(value: unknown): string | undefined {
  return typeof value === 'string' && REQUEST_ID.test(value) ? value : undefined;
}

/** The time a host says it leaves, in milliseconds: 0 where it is negative, undefined where it is no number. */
export function milliseconds(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : undefined;
}

/** A setting from the process's environment. */
export function environment(name: string): string | undefined {
  return text(process.env[name]);
}
