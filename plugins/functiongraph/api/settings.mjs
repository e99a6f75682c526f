import { UserError } from '../errors.mjs';

/** @import { Credentials, Host } from '../types.ts' */

/** The names that Huawei's own SDKs read. */
const AK = 'HUAWEICLOUD_SDK_AK';
const SK = 'HUAWEICLOUD_SDK_SK';
const TOKEN = 'HUAWEICLOUD_SDK_SECURITY_TOKEN';
const PROJECT_ID = 'HUAWEICLOUD_SDK_PROJECT_ID';

/**
 * Read from the environment alone: credentials do not belong in a file that is committed.
 *
 * @param {Host['env']} env
 * @returns {Credentials}
 */
export const readCredentials = (env) => {
  const missing = [AK, SK, PROJECT_ID].filter((name) => !env[name]);
  if (missing.length > 0)
    throw new UserError(`Missing in the environment: ${missing.join(', ')}`, 'FUNCTIONGRAPH_MISSING_CREDENTIALS');
  const projectId = env[PROJECT_ID] ?? '';
  if (!/^[0-9A-Za-z]+$/.test(projectId))
    throw new UserError(`${PROJECT_ID} is not a project id`, 'FUNCTIONGRAPH_INVALID_PROJECT_ID');
  return { ak: env[AK] ?? '', sk: env[SK] ?? '', securityToken: env[TOKEN] || undefined, projectId };
};

/** @param {string} hostname as `URL` gives it */
const isLoopback = (hostname) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * An endpoint gets signed requests, security tokens and code: in clear only where they cannot leave the machine.
 *
 * @param {string} text
 * @param {string} source the setting it came from, for the message
 * @returns {string} the origin, without a trailing slash
 */
export const checkedEndpoint = (text, source) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url === undefined || !secure || url.origin !== text.replace(/\/$/, '').toLowerCase())
    throw new UserError(
      `${source} must be https://host, or http:// on a loopback host, without a path`,
      'FUNCTIONGRAPH_INVALID_ENDPOINT',
    );
  return url.origin;
};

/**
 * @param {Host} host
 * @param {{ service: 'functiongraph' | 'lts', variable: string, key: 'endpoint' | 'ltsEndpoint' }} what
 */
const endpointOf = (host, { service, variable, key }) => {
  const fromEnv = host.env[variable];
  if (fromEnv) return checkedEndpoint(fromEnv, variable);
  const fromFile = host.service.provider[key];
  if (fromFile !== undefined) return checkedEndpoint(fromFile, `provider.${key}`);
  return `https://${service}.${host.service.provider.region}.myhuaweicloud.com`;
};

/** @param {Host} host */
export const functionGraphEndpoint = (host) =>
  endpointOf(host, { service: 'functiongraph', variable: 'FUNCTIONGRAPH_ENDPOINT', key: 'endpoint' });

/** @param {Host} host */
export const ltsEndpoint = (host) => endpointOf(host, { service: 'lts', variable: 'LTS_ENDPOINT', key: 'ltsEndpoint' });
