/** @import { Body, Json } from './types.ts' */

/**
 * @param {Json | undefined} value
 * @returns {value is Body}
 */
export const isBody = (value) =>
  value !== null && value !== undefined && typeof value === 'object' && !Array.isArray(value);

/**
 * @param {Json | undefined} value
 * @returns {Body} an empty one for what is no object
 */
export const asBody = (value) => (isBody(value) ? value : {});

/**
 * For people and for comparing: text as it is, nothing as nothing, everything else as JSON.
 *
 * @param {Json | undefined} value
 */
export const asText = (value) => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/**
 * A copy without the members that have no value.
 *
 * @param {Record<string, Json | undefined>} members
 * @returns {Body}
 */
export const present = (members) => {
  /** @type {Record<string, Json>} */
  const body = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) body[name] = value;
  return body;
};
