import { UserError } from './errors.mjs';

/**
 * The CLI lends its AWS commands, with their options, to every provider. These mean nothing here; taking them without a
 * word would promise what does not happen.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const MEANINGLESS = {
  package: ['minify-template'],
  deploy: ['conceal', 'aws-s3-accelerate', 'minify-template'],
  info: ['conceal'],
  invoke: ['qualifier', 'raw', 'context', 'contextPath', 'durable-execution-name'],
  'invoke local': ['context', 'contextPath', 'preserve-runtime-env', 'docker', 'docker-arg'],
};

/**
 * @param {string} command
 * @param {Readonly<Record<string, unknown>>} options
 */
export const checkOptions = (command, options) => {
  const given = (MEANINGLESS[command] ?? []).filter((name) => options[name] !== undefined && options[name] !== null);
  if (given.length > 0)
    throw new UserError(
      `Not supported by "${command}" for this provider: ${given.map((name) => `--${name}`).join(', ')}`,
      'FUNCTIONGRAPH_UNSUPPORTED_OPTION',
    );
};
