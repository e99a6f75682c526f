import { asBody } from '../json.mjs';
import { HIDDEN, isSecret } from '../secrets.mjs';
import { changedVariables, isEmpty, isIncomparable, isSame } from './compare.mjs';

/** @import { Body, Json } from '../types.ts' */

/** Members whose values are environment variables: only their names are ever shown. */
const VARIABLES = new Set(['user_data', 'encrypted_user_data']);

/** What to send for a member that serverless.yml no longer has. `func_vpc` is not here: the API has no way to unset it. */
const CLEARED = {
  description: '',
  xrole: '',
  app_xrole: '',
  initializer_handler: '',
  encrypted_user_data: '{}',
};

/** @param {Json | undefined} value */
const shown = (value) => (isEmpty(value) ? 'nothing' : JSON.stringify(value));

/**
 * @param {string} name
 * @param {Json} desired
 * @param {Json | undefined} actual
 * @returns {string[]} one line per difference
 */
const memberDifferences = (name, desired, actual) => {
  if (isIncomparable(name, actual)) return [];
  if (VARIABLES.has(name)) return changedVariables(desired, actual).map((variable) => `${name}.${variable}`);
  if (isSame(desired, actual)) return [];
  return [isSecret(name) ? `${name}: ${HIDDEN}` : `${name}: ${shown(actual)} -> ${shown(desired)}`];
};

/**
 * @param {Body} desired
 * @param {Body} actual
 * @returns {{ body: Body, differences: string[] }} the body to send, and why
 */
export const configDifference = (desired, actual) => {
  const cleared = Object.fromEntries(
    Object.entries(CLEARED).filter(([name]) => desired[name] === undefined && !isEmpty(actual[name])),
  );
  const body = { ...desired, ...cleared };
  return {
    body,
    differences: Object.entries(body).flatMap(([name, value]) => memberDifferences(name, value, actual[name])),
  };
};

/**
 * @param {Body | null} config
 * @param {string} when
 */
const destination = (config, when) => {
  const body = asBody(asBody(config?.['destination_config'])[when]);
  return isEmpty(body['destination']) ? null : body;
};

/**
 * @param {Body} desired
 * @param {Body} actual
 */
export const asyncDifferences = (desired, actual) => {
  const numbers = ['max_async_retry_attempts', 'max_async_event_age_in_seconds'].flatMap((name) =>
    memberDifferences(name, desired[name] ?? null, actual[name]),
  );
  const destinations = ['on_success', 'on_failure'].flatMap((when) => {
    const [want, have] = [destination(desired, when), destination(actual, when)];
    const same = want === null || have === null ? want === have : isSame(want, have);
    return same ? [] : [`${when}: ${shown(have)} -> ${shown(want)}`];
  });
  return [...numbers, ...destinations];
};
