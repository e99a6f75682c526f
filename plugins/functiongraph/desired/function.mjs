import { createHash } from 'node:crypto';
import { present } from '../json.mjs';
import { appOf } from '../naming.mjs';
import { desiredAsyncConfig } from './async-config.mjs';
import { desiredTriggers } from './triggers.mjs';

/** @import { Body, DesiredFunction, FunctionConfig, ProviderConfig } from '../types.ts' */

/** The platform's own defaults, where neither the function nor the provider says otherwise. */
const DEFAULTS = { runtime: 'Node.js20.15', memorySize: 128, timeout: 3 };

/**
 * Environment variables as the API takes them: JSON text. Sorted, so that the order in serverless.yml means nothing.
 *
 * @param {Readonly<Record<string, string>>} variables
 */
const userData = (variables) =>
  JSON.stringify(Object.fromEntries(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1))));

/**
 * @param {FunctionConfig} fn
 * @param {ProviderConfig} provider
 */
export const effectiveSettings = (fn, provider) => ({
  runtime: fn.runtime ?? provider.runtime ?? DEFAULTS.runtime,
  memorySize: fn.memorySize ?? provider.memorySize ?? DEFAULTS.memorySize,
  timeout: fn.timeout ?? provider.timeout ?? DEFAULTS.timeout,
  agency: fn.agency ?? provider.agency,
  environment: { ...provider.environment, ...fn.environment },
});

/**
 * @param {FunctionConfig} fn
 * @param {ProviderConfig} provider
 * @returns {Body}
 */
const configBody = (fn, provider) => {
  const settings = effectiveSettings(fn, provider);
  return present({
    func_name: fn.name,
    runtime: settings.runtime,
    handler: fn.handler,
    memory_size: settings.memorySize,
    timeout: settings.timeout,
    description: fn.description,
    xrole: settings.agency,
    app_xrole: fn.executionAgency,
    user_data: userData(settings.environment),
    encrypted_user_data: fn.encryptedEnvironment && userData(fn.encryptedEnvironment),
    initializer_handler: fn.initializer?.handler,
    initializer_timeout: fn.initializer?.timeout,
    func_vpc: fn.vpc && { vpc_id: fn.vpc.vpcId, subnet_id: fn.vpc.subnetId },
  });
};

/** @param {string} key */
export const artifactName = (key) => `${key}.zip`;

/** @param {string} key */
export const codeBody = (key) => ({ code_type: 'zip', code_filename: artifactName(key) });

/**
 * Everything the API has to be told about one function, made from serverless.yml and the zip alone: no credentials,
 * no network, and no part of it depends on the account.
 *
 * @param {string} key
 * @param {FunctionConfig} fn
 * @param {ProviderConfig} provider
 * @param {Buffer} zip
 * @returns {DesiredFunction}
 */
export const desiredFunction = (key, fn, provider, zip) => {
  const config = configBody(fn, provider);
  return {
    key,
    name: fn.name,
    artifact: artifactName(key),
    code: { sha512: createHash('sha512').update(zip).digest('hex'), size: zip.length },
    create: { ...config, package: appOf(provider), type: 'v2', ...codeBody(key) },
    config,
    maxInstances: fn.maxInstances ?? null,
    asyncConfig: desiredAsyncConfig(fn),
    triggers: desiredTriggers(fn),
  };
};
