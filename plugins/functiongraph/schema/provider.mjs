import { sharedProperties } from './function.mjs';
import { matching, strictObject, text } from './helpers.mjs';

export const providerSchema = strictObject(
  {
    ...sharedProperties,
    region: matching('^[a-z]+(-[a-z]+)+-[0-9]+$'),
    app: matching('^[A-Za-z0-9][A-Za-z0-9_-]*$'),
    endpoint: text,
    ltsEndpoint: text,
  },
  ['region'],
);

const command = { anyOf: [text, { type: 'array', items: text, minItems: 1 }] };

/** `custom.functiongraph`. */
export const customSchema = { type: 'object', properties: { functiongraph: strictObject({ build: command }) } };
