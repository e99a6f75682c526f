/** A JSON object. Its members are `unknown` because none of them has been checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object: not null and not an array. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Parses a text as JSON. A byte order mark before it is ignored, as RFC 8259 §8.1 allows.
 *
 * @returns undefined if the text is not JSON
 */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text?.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : (text ?? ''));
  } catch {
    return undefined;
  }
}

/** Parses a text as a JSON object. Returns undefined for anything else. */
export function parseObject(text: string | undefined): JsonObject | undefined {
  const json = parseJson(text);
  return isRecord(json) ? json : undefined;
}

/** Returns a member of the object itself. A member of its prototype is never input. */
export function own(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
