import { UserError } from './errors.mjs';

/** @import { Body, Destination, FunctionConfig, ServiceConfig } from './types.ts' */

/** FunctionGraph's limit on all environment variables of one function together. */
const ENVIRONMENT_LIMIT = 4096;

/** Only a dedicated gateway waits longer for its backend. */
const SHARED_GATEWAY_TIMEOUT_MS = 60_000;

/** Longest function name the API takes. */
const NAME_LIMIT = 60;

/** @type {Record<Destination['destination'], { required: string, allowed: string[] }>} */
const DESTINATION_PARAMS = {
  OBS: { required: 'bucket', allowed: ['bucket', 'prefix', 'expires'] },
  SMN: { required: 'topic_urn', allowed: ['topic_urn'] },
  DIS: { required: 'stream_name', allowed: ['stream_name'] },
  FunctionGraph: { required: 'func_urn', allowed: ['func_urn'] },
};

/**
 * @param {Body} event
 * @param {string} path
 */
const apigProblems = (event, path) => {
  if (event['instanceId'] === undefined && Number(event['timeout'] ?? 0) > SHARED_GATEWAY_TIMEOUT_MS)
    return [`at '${path}.timeout': must be <= ${SHARED_GATEWAY_TIMEOUT_MS} without an instanceId`];
  const open = event['auth'] === 'NONE';
  if (open && event['public'] !== true)
    return [`at '${path}.public': must be true where auth is NONE, since anyone may then call the function`];
  if (!open && event['public'] === true) return [`at '${path}.public': goes only with auth NONE`];
  return [];
};

/**
 * @param {Body} event
 * @param {string} path
 */
const timerProblems = (event, path) =>
  (event['rate'] === undefined) === (event['cron'] === undefined) ? [`at '${path}': needs either rate or cron`] : [];

/**
 * @param {Body} event
 * @param {string} path
 */
const kafkaProblems = (event, path) =>
  (event['user'] === undefined) === (event['password'] === undefined)
    ? []
    : [`at '${path}': user and password go together`];

/** @type {Record<string, (event: Body, path: string) => string[]>} */
const EVENT_CHECKS = { apig: apigProblems, timer: timerProblems, kafka: kafkaProblems };

/**
 * @param {Destination | undefined} destination
 * @param {string} path
 */
const destinationProblems = (destination, path) => {
  if (destination === undefined) return [];
  const { required, allowed } = DESTINATION_PARAMS[destination.destination];
  const unknown = Object.keys(destination.param).filter((name) => !allowed.includes(name));
  return [
    ...(required in destination.param ? [] : [`at '${path}.param': must have required property '${required}'`]),
    ...unknown.map((name) => `at '${path}.param': unrecognized property '${name}'`),
  ];
};

/**
 * @param {FunctionConfig} fn
 * @param {string} path
 */
const initializerProblems = (fn, path) =>
  fn.initializer !== undefined && fn.initializer.handler.split('.')[0] !== fn.handler.split('.')[0]
    ? [`at '${path}.initializer.handler': must be in the same file as the handler`]
    : [];

/**
 * @param {FunctionConfig} fn
 * @param {string} path
 * @param {ServiceConfig} service
 */
const environmentProblems = (fn, path, service) => {
  const plain = { ...service.provider.environment, ...fn.environment };
  const twice = Object.keys(fn.encryptedEnvironment ?? {}).filter((name) => name in plain);
  const size = JSON.stringify(plain).length + JSON.stringify(fn.encryptedEnvironment ?? {}).length;
  return [
    ...twice.map((name) => `at '${path}.encryptedEnvironment.${name}': is a plain environment variable as well`),
    ...(size > ENVIRONMENT_LIMIT ? [`at '${path}.environment': over ${ENVIRONMENT_LIMIT} characters in all`] : []),
  ];
};

/**
 * @param {FunctionConfig} fn
 * @param {string} path
 * @param {ServiceConfig} service
 */
const functionProblems = (fn, path, service) => [
  ...(fn.name.length > NAME_LIMIT ? [`at '${path}.name': "${fn.name}" is over ${NAME_LIMIT} characters`] : []),
  ...initializerProblems(fn, path),
  ...environmentProblems(fn, path, service),
  ...destinationProblems(fn.destinations?.onSuccess, `${path}.destinations.onSuccess`),
  ...destinationProblems(fn.destinations?.onFailure, `${path}.destinations.onFailure`),
  ...fn.events.flatMap((event, index) =>
    Object.entries(event).flatMap(
      ([name, settings]) => EVENT_CHECKS[name]?.(settings, `${path}.events.${index}.${name}`) ?? [],
    ),
  ),
];

/**
 * What a JSON Schema of the CLI cannot say, or can say only in messages that nobody understands.
 *
 * @param {ServiceConfig} service
 * @throws {UserError} with the path of every key that is wrong
 */
export const checkService = (service) => {
  const problems = [
    ...Object.keys(service.package ?? {})
      .filter((key) => key !== 'path')
      .map(
        (key) => `at 'package.${key}': not used by this provider; functions name their files with bundle and include`,
      ),
    ...Object.entries(service.functions).flatMap(([key, fn]) => functionProblems(fn, `functions.${key}`, service)),
  ];
  if (problems.length > 0)
    throw new UserError(
      `Configuration error:\n     ${problems.join('\n     ')}`,
      'FUNCTIONGRAPH_INVALID_CONFIGURATION',
    );
};
