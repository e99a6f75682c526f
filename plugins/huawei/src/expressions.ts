export type Json = string | number | boolean | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Escapes text that is no template. Terraform reads `${` and `%{` in every string of its JSON. */
export const literal = (text: string): string => text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);

const REFERENCE = /^\$\{([^{}]*)\}$/;

/**
 * Returns Terraform's `jsonencode` of a value. The provider compares JSON as text with what the API returns, and the API
 * returns what `jsonencode` writes: compact, keys sorted.
 *
 * @param value - its strings may hold references such as `${var.topic_urn}`
 */
export const jsonencode = (value: Json): string => `\${jsonencode(${expression(value)})}`;

function expression(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{ ${members.map(([key, member]) => `${JSON.stringify(key)} = ${expression(member)}`).join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  // Quotes are escaped in a string, but not inside of a reference.
  return REFERENCE.exec(value)?.[1] ?? JSON.stringify(value);
}

/** The URN of a function without its version. `urn` itself has one in some versions of the provider, `id` in all. */
export const functionUrn = (key: string): string =>
  `\${join(":", slice(split(":", huaweicloud_fgs_function.${key}.id), 0, 7))}`;

/** Resources by type and name. */
export type Resources = Record<string, Record<string, JsonObject>>;
