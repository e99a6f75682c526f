import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zip } from './archive.mjs';
import { bundledFiles } from './bundle.mjs';
import { codeBody, desiredFunction } from './desired/function.mjs';
import { UserError } from './errors.mjs';
import { withoutSecrets } from './secrets.mjs';

/** @import { DesiredFunction, Host } from './types.ts' */

const STATE_FILE = 'functiongraph-state.json';

/** @param {Host} host */
const givenFolder = ({ options, service }) => {
  const folder = options['package'] ?? service.package?.['path'];
  return typeof folder === 'string' ? folder : undefined;
};

/** @param {Host} host */
export const packageFolder = (host) => path.resolve(host.serviceDir, givenFolder(host) ?? '.serverless');

/**
 * What goes into the state file: the body of every call that a first deployment makes. The code itself, which the API
 * takes as base64, is named instead; secrets are left out.
 *
 * @param {DesiredFunction} desired
 */
const stateOf = (desired) =>
  withoutSecrets({
    name: desired.name,
    artifact: desired.artifact,
    size: desired.code.size,
    sha512: desired.code.sha512,
    create: { ...desired.create, func_code: { file: `<base64 of ${desired.artifact}>` } },
    code: { ...codeBody(desired.key), func_code: { file: `<base64 of ${desired.artifact}>` } },
    config: desired.config,
    maxInstances: desired.maxInstances === null ? null : { max_instance_num: desired.maxInstances },
    asyncConfig: desired.asyncConfig,
    triggers: [...desired.triggers],
  });

/**
 * @param {Host} host
 * @param {readonly DesiredFunction[]} functions
 */
const stateText = (host, functions) => {
  const byKey = Object.fromEntries(functions.map((desired) => [desired.key, stateOf(desired)]));
  const state = { service: host.service.service, region: host.service.provider.region, functions: byKey };
  return `${JSON.stringify(state, null, 2)}\n`;
};

/**
 * Zips every function and writes the state file beside the zips.
 *
 * @param {Host} host
 * @returns {Promise<Map<string, string>>} path of the zip by function
 */
export const writePackage = async (host) => {
  const folder = packageFolder(host);
  await mkdir(folder, { recursive: true });
  const artifacts = new Map();
  const functions = [];
  for (const [key, fn] of Object.entries(host.service.functions)) {
    const bytes = zip(await bundledFiles(key, fn, host.serviceDir));
    const desired = desiredFunction(key, fn, host.service.provider, bytes);
    const artifact = path.join(folder, desired.artifact);
    await writeFile(artifact, bytes);
    artifacts.set(key, artifact);
    functions.push(desired);
    host.notice(
      `${desired.artifact}  ${bytes.length} bytes  sha256 ${createHash('sha256').update(bytes).digest('hex')}`,
    );
  }
  await writeFile(path.join(folder, STATE_FILE), stateText(host, functions));
  return artifacts;
};

/**
 * Reads a package back, and makes sure that it is the one serverless.yml describes now: with `--package`, it may be an
 * older one.
 *
 * @param {Host} host
 */
export const readPackage = async (host) => {
  const folder = packageFolder(host);
  try {
    const functions = [];
    for (const [key, fn] of Object.entries(host.service.functions)) {
      const readZip = () => readFile(path.join(folder, `${key}.zip`));
      functions.push({ desired: desiredFunction(key, fn, host.service.provider, await readZip()), readZip });
    }
    const written = await readFile(path.join(folder, STATE_FILE), 'utf8');
    const expected = stateText(
      host,
      functions.map(({ desired }) => desired),
    );
    if (written === expected) return functions;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'ENOENT') throw cause;
    throw new UserError(`No package in ${folder}`, 'FUNCTIONGRAPH_NO_PACKAGE');
  }
  throw new UserError(
    `The package in ${folder} was not made from the present configuration; package again`,
    'FUNCTIONGRAPH_STALE_PACKAGE',
  );
};
