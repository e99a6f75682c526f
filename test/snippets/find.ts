/** Whether the text can be an object or a list in JSON. */
const JSON_TEXT = /^\s*[[{]/;

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !JSON_TEXT.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * The first object with such a member in a value, however deep, also inside JSON text.
 *
 * @returns undefined if there is none
 */
export function findObject(value: unknown, member: string): Record<string, unknown> | undefined {
  const found = parsed(value);
  if (typeof found !== 'object' || found === null) return undefined;
  if (Object.hasOwn(found, member)) return found as Record<string, unknown>;
  for (const inner of Object.values(found)) {
    const object = findObject(inner, member);
    if (object !== undefined) return object;
  }
  return undefined;
}
