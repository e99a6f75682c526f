/** @import { ProviderConfig } from './types.ts' */

/** The group ("app") that FunctionGraph puts functions in when nobody names one. */
const DEFAULT_APP = 'default';

/** @param {ProviderConfig} provider */
export const appOf = (provider) => provider.app ?? DEFAULT_APP;

/**
 * The URN that addresses a function, without a version: the API then means `latest`, and deletes every version.
 *
 * @param {{ region: string, projectId: string, app: string, name: string }} parts
 * @example urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:cancel-http
 */
export const functionUrn = ({ region, projectId, app, name }) =>
  `urn:fss:${region}:${projectId}:function:${app}:${name}`;
