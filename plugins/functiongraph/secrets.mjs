/** @import { Credentials, Json } from './types.ts' */

/** What stands for a secret wherever it could be read. */
export const HIDDEN = '<hidden>';

/** Members of the API's bodies whose values are secret. */
const SECRET_MEMBERS = new Set(['encrypted_user_data', 'kafka_password', 'access_password']);

/** @param {string} name */
export const isSecret = (name) => SECRET_MEMBERS.has(name);

/**
 * A copy of an API body that may be written to disk or shown.
 *
 * @template {Json} T
 * @param {T} value
 * @returns {T}
 */
export const withoutSecrets = (value) =>
  JSON.parse(JSON.stringify(value, (name, member) => (isSecret(name) ? HIDDEN : member)));

/** Nothing shorter is a key; taking it out would only make the text unreadable. */
const SHORTEST_SECRET = 8;

/**
 * Takes credentials out of a text that came from elsewhere: the gateway's APIGW.0301, for one, repeats the signed
 * headers of the request in its message.
 *
 * @param {string} text
 * @param {Credentials} credentials
 */
export const scrub = (text, { ak, sk, securityToken }) =>
  [ak, sk, securityToken ?? '']
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((clean, secret) => clean.replaceAll(secret, HIDDEN), text)
    .replaceAll(/(Signature=|"signature":\s*")[0-9a-f]+/gi, `$1${HIDDEN}`);
