/** An object as JSON can hold it; `unknown` members, for nothing about it has been checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, neither null nor an array. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Parses a text as JSON. A byte order mark before it is no fault: RFC 8259 §8.1 lets a reader ignore one.
 *
 * @returns undefined where the text is no JSON
 */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text?.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : (text ?? ''));
  } catch {
    return undefined;
  }
}

/** A text as a JSON object; undefined where it is anything else. */
export function parseObject(text: string | undefined): JsonObject | undefined {
  const json = parseJson(text);
  return isRecord(json) ? json : undefined;
}

/** A member the object itself has: nothing of a prototype's is ever taken for input. */
export function own(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
