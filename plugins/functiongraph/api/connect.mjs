import { appOf, functionUrn } from '../naming.mjs';
import { createClient } from './client.mjs';
import { functionCalls } from './functions.mjs';
import { functionGraphEndpoint, readCredentials } from './settings.mjs';

/** @import { Host } from '../types.ts' */

/**
 * The way from a command to the API: reads credentials and endpoint, makes no call yet.
 *
 * @param {Host} host
 */
export const connect = (host) => {
  const credentials = readCredentials(host.env);
  const { region } = host.service.provider;
  const app = appOf(host.service.provider);
  const { projectId } = credentials;
  /** @param {string} name */
  const urnOf = (name) => functionUrn({ region, projectId, app, name });
  return {
    credentials,
    send: createClient({ endpoint: functionGraphEndpoint(host), credentials }),
    urnOf,
    /** @param {string} name */
    callsFor: (name) => functionCalls(projectId, urnOf(name)),
  };
};
