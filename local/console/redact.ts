/** What a secret looks like from outside: the names under which events, bodies and queries carry them. */
const SECRET_NAME = /authori[sz]ation|token|secret|signature|password|credential|cookie|access_?key|^[as]k$/i;

/** Huawei's Authorization header, wherever it stands in a text. */
const AUTHORIZATION = /SDK-HMAC-SHA256[^"\\]*/g;

const HIDDEN = '•••';

/** Shorter values are no secrets, and taking them out would make holes in ordinary words. */
const SHORTEST_SECRET = 8;

/** JSON text of a value, with members that bear the name of a secret hidden, cut to `limit` characters. */
export function toPlainJson(value: unknown, limit: number): string {
  const text =
    JSON.stringify(value, (name, member: unknown) => (SECRET_NAME.test(name) ? HIDDEN : member), 2) ?? 'undefined';
  return text.length > limit ? `${text.slice(0, limit)}\n… (${text.length} characters in all)` : text;
}

/** Takes known secrets out of whatever text is about to leave, whoever put them there. */
export type Scrub = (text: string) => string;

/** @param secrets - their values; empty and unset ones do not count */
export function createScrub(secrets: Iterable<string | undefined>): Scrub {
  const values = Array.from(secrets)
    .filter((secret) => secret !== undefined)
    .filter(({ length }) => length >= SHORTEST_SECRET)
    // In JSON text, a quotation mark or a backslash of a value stands escaped.
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  // The longest first, as one may be a part of another.
  values.sort((left, right) => right.length - left.length);
  return (text) =>
    values.reduce((clean, value) => clean.replaceAll(value, HIDDEN), text).replaceAll(AUTHORIZATION, HIDDEN);
}
