import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../errors.mjs';
import { isBody } from '../json.mjs';

/** @import { Body, FunctionConfig, Host, Json } from '../types.ts' */

/**
 * The function that `--function` names.
 *
 * @param {Host} host
 * @returns {FunctionConfig}
 */
export const chosenFunction = ({ service, options }) => {
  const key = String(options['function']);
  const fn = Object.hasOwn(service.functions, key) ? service.functions[key] : undefined;
  if (fn === undefined) throw new UserError(`There is no function "${key}"`, 'FUNCTIONGRAPH_UNKNOWN_FUNCTION');
  return fn;
};

/** @param {Host} host */
const eventText = async ({ options, serviceDir }) => {
  const file = options['path'];
  if (typeof file !== 'string') return typeof options['data'] === 'string' ? options['data'] : '{}';
  try {
    return await readFile(path.resolve(serviceDir, file), 'utf8');
  } catch {
    throw new UserError(`Cannot read ${file}`, 'FUNCTIONGRAPH_INVALID_EVENT');
  }
};

/**
 * The event of `--data` or `--path`, else `{}`. FunctionGraph takes JSON alone.
 *
 * @param {Host} host
 * @returns {Promise<Json>}
 */
export const readEvent = async (host) => {
  const text = await eventText(host);
  if (host.options['raw'] === true) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError('The event is not JSON', 'FUNCTIONGRAPH_INVALID_EVENT');
  }
};

/**
 * What the API's invocation takes: an object.
 *
 * @param {Host} host
 * @returns {Promise<Body>}
 */
export const readEventObject = async (host) => {
  const event = await readEvent(host);
  if (!isBody(event)) throw new UserError('The event must be a JSON object', 'FUNCTIONGRAPH_INVALID_EVENT');
  return event;
};
