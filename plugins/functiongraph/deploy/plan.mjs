import { codeBody } from '../desired/function.mjs';
import { UserError } from '../errors.mjs';
import { asBody, asText } from '../json.mjs';
import { asyncDifferences, configDifference } from './config-diff.mjs';
import { step } from './step.mjs';
import { triggerSteps } from './trigger-steps.mjs';

/** @import { Body, Step } from '../types.ts' */
/** @import { PlanInput } from './step.mjs' */

/** @param {Buffer} zip */
const functionCode = (zip) => ({ func_code: { file: zip.toString('base64') } });

/**
 * The platform's `digest` is the SHA-512 of the code. Should it ever be something else, the code is uploaded once more
 * than needed, which does no harm; it is never left out wrongly.
 *
 * @param {PlanInput} input
 * @param {Body} config
 * @returns {Step[]}
 */
const codeSteps = ({ desired, calls, readZip, force }, config) => {
  const digest = asText(config['digest']).toLowerCase();
  if (digest === desired.code.sha512 && !force) return [];
  return [
    {
      label: 'update code',
      details: [`sha512: ${digest.slice(0, 12) || 'nothing'} -> ${desired.code.sha512.slice(0, 12)}`],
      call: async () => calls.updateCode({ ...codeBody(desired.key), ...functionCode(await readZip()) }),
    },
  ];
};

/**
 * @param {PlanInput} input
 * @param {Body} config
 * @returns {Step[]}
 */
const configSteps = ({ desired, calls, force }, config) => {
  if (config['runtime'] !== undefined && config['runtime'] !== desired.config['runtime'])
    throw new UserError(
      `functions.${desired.key}.runtime: FunctionGraph cannot change the runtime of a function ` +
        `(${asText(config['runtime'])} -> ${asText(desired.config['runtime'])}); remove the function first, or give it another name`,
      'FUNCTIONGRAPH_RUNTIME_FIXED',
    );
  const { body, differences } = configDifference(desired.config, config);
  return differences.length > 0 || force ? [step('update config', calls.updateConfig(body), differences)] : [];
};

/**
 * @param {PlanInput} input
 * @param {Body} config
 * @returns {Step[]}
 */
const instanceSteps = ({ desired, calls, force }, config) => {
  const actual = asBody(config['strategy_config'])['concurrency'];
  if (desired.maxInstances === null || (actual === desired.maxInstances && !force)) return [];
  const details = [`max_instance_num: ${asText(actual) || 'nothing'} -> ${desired.maxInstances}`];
  return [step('update max instances', calls.updateMaxInstances(desired.maxInstances), details)];
};

/** @param {PlanInput} input @returns {Step[]} */
const asyncSteps = ({ desired: { asyncConfig }, remote, calls, force }) => {
  if (asyncConfig === null)
    return remote.asyncConfig === null ? [] : [step('delete async config', calls.deleteAsyncConfig())];
  if (remote.asyncConfig === null) return [step('create async config', calls.updateAsyncConfig(asyncConfig))];
  const differences = asyncDifferences(asyncConfig, remote.asyncConfig);
  return differences.length > 0 || force
    ? [step('update async config', calls.updateAsyncConfig(asyncConfig), differences)]
    : [];
};

/**
 * The platform takes some members only once the function is there, and which ones differs between regions: what the
 * answer shows not to have been taken is sent again as an update.
 *
 * @param {PlanInput} input
 * @returns {Step}
 */
const createStep = (input) => ({
  label: 'create',
  details: [],
  call: async () => input.calls.create({ ...input.desired.create, ...functionCode(await input.readZip()) }),
  followUp: (answer) => [...configSteps({ ...input, force: false }, answer), ...instanceSteps(input, answer)],
});

/**
 * The writes that make one function what serverless.yml says, in order; none where it is so already.
 *
 * @param {PlanInput} input
 * @returns {Step[]}
 */
export const planFunction = (input) => {
  const { config } = input.remote;
  const own =
    config === null
      ? [createStep(input)]
      : [...codeSteps(input, config), ...configSteps(input, config), ...instanceSteps(input, config)];
  return [...own, ...asyncSteps(input), ...triggerSteps(input)];
};
