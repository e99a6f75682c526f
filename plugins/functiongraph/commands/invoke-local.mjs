import { createRequire } from 'node:module';
import path from 'node:path';
import { handlerFile, runBuild } from '../bundle.mjs';
import { effectiveSettings } from '../desired/function.mjs';
import { describeError, UserError } from '../errors.mjs';
import { chosenFunction, readEvent } from './event.mjs';
import { localContext } from './local-context.mjs';

/** @import { FunctionConfig, Host } from '../types.ts' */

/** @typedef {(...args: unknown[]) => unknown} Callable */

/**
 * Loads the bundle the way the runtime does: `require`, then the named export.
 *
 * @param {Host} host
 * @param {FunctionConfig} fn
 */
const loadModule = (host, fn) => {
  const file = path.resolve(host.serviceDir, fn.bundle, handlerFile(fn));
  try {
    /** @type {Record<string, unknown>} */
    const exported = createRequire(file)(file);
    return exported;
  } catch (error) {
    throw new UserError(`Cannot load ${file}: ${describeError(error)}`, 'FUNCTIONGRAPH_HANDLER_NOT_LOADED');
  }
};

/**
 * The runtime refuses a function by the number of parameters it declares.
 *
 * @param {Record<string, unknown>} exported
 * @param {string} entryPoint `file.function`
 * @param {number[]} lengths
 * @returns {Callable}
 */
const exportedFunction = (exported, entryPoint, lengths) => {
  const callable = exported[entryPoint.split('.')[1] ?? ''];
  if (typeof callable !== 'function' || !lengths.includes(callable.length))
    throw new UserError(
      `${entryPoint} must be a function of ${lengths.join(' or ')} declared parameters`,
      'FUNCTIONGRAPH_HANDLER_INVALID',
    );
  return /** @type {Callable} */ (callable);
};

/**
 * A function ends by its promise or by its callback, whichever is first; a callback's first argument is the error, and
 * only `null` means that there is none.
 *
 * @param {(callback: Callable) => unknown} start
 * @returns {Promise<unknown>}
 */
const completion = (start) =>
  new Promise((resolve, reject) => {
    const returned = start((error = {}, result) => (error === null ? resolve(result) : reject(error)));
    if (returned instanceof Promise) returned.then(resolve, reject);
  });

/**
 * @param {Promise<unknown>} running
 * @param {number} seconds
 */
const withinTimeout = async (running, seconds) => {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const expired = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Time out after ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([running, expired]);
  } finally {
    clearTimeout(timer);
  }
};

/** @param {unknown} option `--env`, once or more */
const overrides = (option) =>
  Object.fromEntries(
    [option ?? []].flat().map((assignment) => {
      const [name = '', ...rest] = (typeof assignment === 'string' ? assignment : '').split('=');
      return [name, rest.join('=')];
    }),
  );

/**
 * Runs a function's bundle in this process, with the context of the platform, and prints what it gave as the platform
 * would pass it on.
 *
 * @param {Host} host
 */
export const invokeLocal = async (host) => {
  const fn = chosenFunction(host);
  const event = await readEvent(host);
  await runBuild(host);
  const { provider } = host.service;
  const settings = effectiveSettings(fn, provider);
  const userData = { ...settings.environment, ...fn.encryptedEnvironment, ...overrides(host.options['env']) };
  const projectId = host.env['HUAWEICLOUD_SDK_PROJECT_ID'] ?? '';
  const context = localContext({ fn, provider, settings, userData, projectId });
  const exported = loadModule(host, fn);
  const handler = exportedFunction(exported, fn.handler, [2, 3]);
  try {
    if (fn.initializer !== undefined) {
      const initializer = exportedFunction(exported, fn.initializer.handler, [2]);
      await withinTimeout(
        completion((callback) => initializer(context, callback)),
        fn.initializer.timeout,
      );
    }
    const result = await withinTimeout(
      completion((callback) => handler(event, context, callback)),
      settings.timeout,
    );
    host.print(typeof result === 'string' ? result : (JSON.stringify(result, null, 2) ?? ''));
  } catch (error) {
    if (error instanceof UserError) throw error;
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new UserError(`The function failed: ${message}`, 'FUNCTIONGRAPH_FUNCTION_FAILED');
  }
};
