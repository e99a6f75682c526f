import { asText, isBody } from '../json.mjs';
import { isSecret } from '../secrets.mjs';

/** @import { Json } from '../types.ts' */

/** @param {Json | undefined} value */
export const isEmpty = (value) =>
  value === undefined || value === null || value === '' || value === '{}' || value === 0;

/**
 * Several members hold JSON as text, in whatever order and spacing the platform likes.
 *
 * @param {Json} value
 * @returns {Json}
 */
const unwrapped = (value) => {
  if (typeof value !== 'string' || !value.startsWith('{')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** @param {Json} value */
const asSet = (value) => JSON.stringify([...(Array.isArray(value) ? value : [value])].map(asText).sort());

/**
 * Whether the platform has what is wanted. Lists are sets; an object may hold more than was asked for; numbers and
 * flags also come back as text.
 *
 * @param {Json} desired
 * @param {Json | undefined} actual
 * @returns {boolean}
 */
export const isSame = (desired, actual) => {
  if (actual === undefined) return false;
  const [want, have] = [unwrapped(desired), unwrapped(actual)];
  if (isBody(want)) return isBody(have) && Object.entries(want).every(([name, value]) => isSame(value, have[name]));
  if (Array.isArray(want)) return asSet(want) === asSet(have);
  return asText(want) === asText(have);
};

/**
 * @param {Json} value JSON text of environment variables
 * @returns {Record<string, Json>}
 */
const variables = (value) => {
  const parsed = unwrapped(value);
  return isBody(parsed) ? { ...parsed } : {};
};

/**
 * Like `isSame`, but variables that the platform has and the service has not are a difference as well.
 *
 * @param {Json} desired
 * @param {Json | undefined} actual
 */
export const changedVariables = (desired, actual) => {
  const [want, have] = [variables(desired), variables(actual ?? null)];
  const names = new Set([...Object.keys(want), ...Object.keys(have)]);
  return [...names].filter((name) => want[name] !== have[name]).sort();
};

/**
 * A secret that the platform does not give back, or gives back masked, cannot be compared.
 *
 * @param {string} name
 * @param {Json | undefined} actual
 */
export const isIncomparable = (name, actual) =>
  isSecret(name) && (actual === undefined || actual === null || /^\*+$/.test(asText(actual)));
