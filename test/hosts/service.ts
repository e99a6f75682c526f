/** The packages unpacked beside the deploy files, with all that they call on loopback ports. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';
import { FUNCTIONS } from '../../scripts/functions.ts';
import { AWS_PARAMS } from '../deploy/copy.ts';
import { KEY, PROJECT_ID } from '../helpers/contexts.ts';
import { type SecretsExtension, startSecretsExtension } from '../helpers/secrets-extension.ts';
import { HOST_TOOLS, nodeOf } from './tools.ts';
import { unzip } from './unzip.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const SESSION_TOKEN = 'not-a-real-session-token';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The versions of Node that the hosts run: FunctionGraph's own, Lambda's, the next; and the one that runs the tests. */
export const NODES: Readonly<Record<string, string>> = {
  'Node 20.15': nodeOf(20),
  'this Node': process.execPath,
  'Node 22': nodeOf(22),
  'Node 24': nodeOf(24),
};

/** osls itself needs Node 20.19. */
export const CLI_NODES = ['this Node', 'Node 22', 'Node 24'] as const;

export class HostService {
  readonly folder: string;
  readonly vod: VodStandIn;
  readonly extension: SecretsExtension;

  private constructor(folder: string, vod: VodStandIn, extension: SecretsExtension) {
    this.folder = folder;
    this.vod = vod;
    this.extension = extension;
  }

  static async create(): Promise<HostService> {
    const folder = await mkdtemp(join(tmpdir(), 'hosts-'));
    for (const name of ['deploy', 'serverless.yml', 'serverless.aws.yml', '.serverless-aws'])
      await cp(join(PROJECT, name), join(folder, name), { recursive: true });
    for (const name of FUNCTIONS)
      await unzip(join(folder, '.serverless-aws', `${name}.zip`), join(folder, 'dist', name));
    await symlink(join(PROJECT, 'plugins'), join(folder, 'plugins'));
    await symlink(HOST_TOOLS, join(folder, 'node_modules'));
    await prepareConfigs(folder);
    const vod = await startVodStandIn({
      accounts: [{ ak: KEY.ak, sk: KEY.sk, projectId: PROJECT_ID }],
      // The tests of one file make more calls in a minute than VOD allows.
      callsPerMinute: Number.POSITIVE_INFINITY,
    });
    const extension = await startSecretsExtension(SESSION_TOKEN, JSON.stringify({ ak: KEY.ak, sk: KEY.sk }));
    return new HostService(folder, vod, extension);
  }

  async close(): Promise<void> {
    await this.vod.close();
    await this.extension.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What stands in the environment of a Lambda function, with both services on this machine. */
  get lambdaEnv(): Record<string, string> {
    return {
      VOD_ENDPOINT: this.vod.origin,
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(this.extension.port),
      AWS_SESSION_TOKEN: SESSION_TOKEN,
    };
  }

  async writeEvent(event: unknown): Promise<string> {
    const path = join(this.folder, 'event.json');
    await writeFile(path, JSON.stringify(event));
    return path;
  }

  /** Starts the CLI on one version of Node, in an environment that holds nothing but what is given. */
  start(node: string, args: readonly string[], env: Record<string, string> = {}): ChildProcessWithoutNullStreams {
    return spawn(NODES[node] ?? node, [join(this.folder, 'node_modules/serverless/bin/serverless.js'), ...args], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], HOME: this.folder, SLS_TELEMETRY_DISABLED: '1', ...env },
    });
  }

  async run(node: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
    const child = this.start(node, args, env);
    const printed = printedBy(child);
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, ...printed() };
  }
}

/** All that a process has printed so far. */
export function printedBy(child: ChildProcessWithoutNullStreams): () => Omit<Ended, 'status'> {
  const chunks = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (chunks[name] += String(chunk)));
  return () => ({ ...chunks });
}

export const AWS_ARGS = [
  '--config',
  'serverless.aws.yml',
  `--param=vodProjectId=${PROJECT_ID}`,
  ...AWS_PARAMS.slice(1),
];

/** The same for osls, which does not look into the zip, with the unpacked function. */
export const AWS_UNPACKED_ARGS = ['--config', 'serverless.unpacked.yml', ...AWS_ARGS.slice(2)];

async function prepareConfigs(folder: string): Promise<void> {
  const path = join(folder, 'serverless.aws.yml');
  const aws = await readFile(path, 'utf8');
  let next = 0;
  const unpacked = aws.replaceAll('handler: index.handler', () => `handler: dist/${FUNCTIONS[next++]}/index.handler`);
  await writeFile(join(folder, 'serverless.unpacked.yml'), unpacked);
  await writeFile(path, aws.replace('\nplugins:\n', '\nplugins:\n  - serverless-offline\n'));
  const huawei = join(folder, 'serverless.yml');
  await writeFile(huawei, (await readFile(huawei, 'utf8')).replace('build: npm run build', 'build: node --version'));
}
