/** Names of members, parameters and headers that hold secrets. */
const SECRET_NAME = /authori[sz]ation|token|secret|signature|password|credential|cookie|access_?key|^[as]k$/i;

/** Huawei's Authorization header, anywhere in a text. */
const AUTHORIZATION = /SDK-HMAC-SHA256[^"\\]*/g;

const HIDDEN = '•••';

/** Shorter values are no secrets, and removing them would damage ordinary words. */
const SHORTEST_SECRET = 8;

/** Returns a value's JSON text of at most `limit` characters, without the values of members named like a secret. */
export function toPlainJson(value: unknown, limit: number): string {
  const text =
    JSON.stringify(value, (name, member: unknown) => (SECRET_NAME.test(name) ? HIDDEN : member), 2) ?? 'undefined';
  return text.length > limit ? `${text.slice(0, limit)}\n… (${text.length} characters in all)` : text;
}

/** Removes known secrets from every text that is sent. */
export type Redactor = (text: string) => string;

/** @param secrets - their values; empty and unset ones are skipped */
export function createRedactor(secrets: Iterable<string | undefined>): Redactor {
  const values = Array.from(secrets)
    .filter((secret) => secret !== undefined)
    .filter(({ length }) => length >= SHORTEST_SECRET)
    // JSON text escapes quotation marks and backslashes.
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  // The longest first, because one can be a part of another.
  values.sort((left, right) => right.length - left.length);
  return (text) =>
    values.reduce((clean, value) => clean.replaceAll(value, HIDDEN), text).replaceAll(AUTHORIZATION, HIDDEN);
}
