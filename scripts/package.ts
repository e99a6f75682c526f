import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { command, type Io, runIfMain } from './command.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const OSLS = join(PROJECT, 'node_modules/osls/bin/serverless.js');

const ZIPS = ['cancel-http.zip', 'cancel-superseded.zip'] as const;
const TEMPLATE = 'cloudformation-template-update-stack.json';

/** Values that only a deployer knows. These are visibly fake. */
const PLACEHOLDERS = [
  '--param=vodProjectId=00000000000000000000000000000000',
  '--param=secretsExtensionLayerArn=arn:aws:lambda:eu-central-1:000000000000:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:1',
];

/** osls names the folder of an upload after the time. Nothing else differs between two packages. */
const UPLOAD_FOLDER = /\b\d{13}-\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/**
 * Writes `.serverless` for FunctionGraph and `.serverless-aws` for Lambda, with the same zips in both. It needs no
 * credentials and no network, and the same input gives the same bytes in every folder.
 */
async function packageBoth({ stderr }: Io): Promise<number> {
  stderr.write('Packaging for FunctionGraph and Lambda.\n');
  const huawei = join(PROJECT, '.serverless');
  const aws = join(PROJECT, '.serverless-aws');
  await Promise.all([huawei, aws].map((folder) => rm(folder, { recursive: true, force: true })));
  const both = [packageForAws(), osls(PROJECT, ['package'])] as const;
  // Both must end before an error does, because the error ends the process.
  await Promise.allSettled(both);
  const [template] = await Promise.all(both);
  const zips = await Promise.all(ZIPS.map((zip) => readFile(join(huawei, zip))));
  await mkdir(aws);
  await Promise.all(ZIPS.map((zip) => copyFile(join(huawei, zip), join(aws, zip))));
  await writeFile(join(aws, TEMPLATE), template.replaceAll(UPLOAD_FOLDER, digest(zips)));
  return 0;
}

/**
 * osls empties `.serverless` before it packages for AWS, and removes it with `--package`. So it works on a copy. It only
 * checks that the zips exist, and the template does not depend on them. So empty files are enough.
 */
async function packageForAws(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'package-aws-'));
  try {
    await copyFile(join(PROJECT, 'serverless.aws.yml'), join(copy, 'serverless.aws.yml'));
    await cp(join(PROJECT, 'deploy'), join(copy, 'deploy'), { recursive: true });
    await mkdir(join(copy, '.serverless-aws'));
    await Promise.all(ZIPS.map((zip) => writeFile(join(copy, '.serverless-aws', zip), '')));
    await osls(copy, ['package', '--config', 'serverless.aws.yml', ...PLACEHOLDERS]);
    return await readFile(join(copy, '.serverless', TEMPLATE), 'utf8');
  } finally {
    await rm(copy, { recursive: true });
  }
}

function digest(contents: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const bytes of contents) hash.update(bytes);
  return hash.digest('hex').slice(0, 32);
}

/** Runs osls with a small environment, because a package must not depend on the machine or show it. */
async function osls(folder: string, args: readonly string[]): Promise<void> {
  const { PATH, HOME = folder } = process.env;
  const child = spawn(process.execPath, [OSLS, ...args], {
    cwd: folder,
    env: { PATH, HOME, SLS_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0) {
    throw new Error(`osls ${args.join(' ')} failed with status ${status}. Its output above says why.`);
  }
}

const USAGE = `npm run package

Packages both functions for both clouds, offline and without credentials: .serverless for FunctionGraph, with a Terraform
configuration and the file for RFS; .serverless-aws for Lambda. The same input gives the same bytes.
`;

export const main = command('package', { usage: USAGE }, packageBoth);

await runIfMain(import.meta, main);
