import { randomUUID } from 'node:crypto';

/** @import { FunctionConfig, ProviderConfig } from '../types.ts' */

/**
 * The context object of FunctionGraph's Node.js runtime, as far as it can be had on one machine. As there, every
 * credential getter gives `''` where no agency is set.
 *
 * @param {object} options
 * @param {FunctionConfig} options.fn
 * @param {ProviderConfig} options.provider
 * @param {{ timeout: number, memorySize: number }} options.settings
 * @param {Readonly<Record<string, string | undefined>>} options.userData
 * @param {string} options.projectId
 */
export const localContext = ({ fn, provider, settings, userData, projectId }) => {
  const started = Date.now();
  const requestId = randomUUID();
  /** @param {unknown[]} words */
  const print = (...words) => console.log(...words);
  return {
    getRequestID: () => requestId,
    getRemainingTimeInMilliSeconds: () => started + settings.timeout * 1000 - Date.now(),
    getRunningTimeInSeconds: () => settings.timeout * 1000,
    /** @param {string} name */
    getUserData: (name) => userData[name],
    getFunctionName: () => fn.name,
    getVersion: () => 'latest',
    getPackage: () => provider.app ?? 'default',
    getAlias: () => '',
    getMemorySize: () => String(settings.memorySize),
    getCPUNumber: () => '0',
    getProjectID: () => projectId,
    getAccessKey: () => '',
    getSecretKey: () => '',
    getSecurityAccessKey: () => '',
    getSecuritySecretKey: () => '',
    getSecurityToken: () => '',
    getToken: () => '',
    getLogger: () => ({ info: print, warn: print, error: print, debug: () => {}, setLevel: () => {} }),
  };
};
