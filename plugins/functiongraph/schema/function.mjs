import { flag, id, integer, matching, oneOf, strictObject, text } from './helpers.mjs';

export const RUNTIMES = ['Node.js20.15', 'Node.js22.18'];

const MEMORY_SIZES = [128, 256, 512, 768, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096, 8192, 10240];

/** `[file].[function]`: the runtime splits at the dot, so there is exactly one, and the file is at the zip's root. */
const entryPoint = matching('^[A-Za-z0-9_-]+\\.[A-Za-z_$][A-Za-z0-9_$]*$');

/** Inside the service's folder: relative, and never upwards. */
const relativePath = matching('^(?!/)(?!(.*/)?\\.\\.(/|$)).+$');

/** Names as FunctionGraph takes them, without those its runtime sets itself. */
export const environment = {
  type: 'object',
  propertyNames: { pattern: '^(?!RUNTIME_)[A-Za-z][A-Za-z0-9_]*$' },
  additionalProperties: { type: 'string' },
};

const destination = strictObject(
  {
    destination: oneOf('OBS', 'SMN', 'DIS', 'FunctionGraph'),
    param: { type: 'object', additionalProperties: { anyOf: [{ type: 'integer' }, { type: 'string' }] } },
  },
  ['destination', 'param'],
);

/** Keys that a function may also take from `provider`. */
export const sharedProperties = {
  runtime: oneOf(...RUNTIMES),
  memorySize: oneOf(...MEMORY_SIZES),
  timeout: integer(3, 259_200),
  agency: text,
  environment,
};

export const functionSchema = strictObject(
  {
    ...sharedProperties,
    handler: entryPoint,
    bundle: relativePath,
    include: { type: 'array', items: relativePath },
    sourceMap: flag,
    description: { type: 'string', maxLength: 512 },
    executionAgency: text,
    encryptedEnvironment: environment,
    initializer: strictObject({ handler: entryPoint, timeout: integer(1, 300) }, ['handler', 'timeout']),
    vpc: strictObject({ vpcId: id, subnetId: id }, ['vpcId', 'subnetId']),
    maxInstances: integer(-1, 1000),
    maximumRetryAttempts: integer(0, 3),
    maximumEventAge: integer(1, 86_400),
    destinations: strictObject({ onSuccess: destination, onFailure: destination }),
  },
  ['handler', 'bundle'],
);
