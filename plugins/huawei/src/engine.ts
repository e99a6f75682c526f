import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { promisify } from 'node:util';
import { OLDEST_ENGINE } from './compile.ts';
import { type Host, UserError } from './host.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const NO_ENGINE =
  'There is no tofu and no terraform on the PATH. Install OpenTofu (opentofu.org) or Terraform, or set TERRAFORM_BINARY; or upload .serverless/rfs.zip in the console of Huawei Cloud RFS';

/** Returns the version of an engine, or `undefined` if there is no such program. */
async function versionOf(binary: string, env: Host['env']): Promise<string | undefined> {
  const answer = await promisify(execFile)(binary, ['version', '-json'], { env }).catch((error: Error) => error);
  if ('code' in answer && answer.code === 'ENOENT') return undefined;
  if (answer instanceof Error) throw new UserError(`${binary} version failed: ${answer.message}`, 'ENGINE_FAILED');
  return /"terraform_version": *"([^"]*)"/.exec(answer.stdout)?.[1] ?? 'of unknown version';
}

const isOlder = (version: string, oldest: string): boolean =>
  version.localeCompare(oldest, 'en', { numeric: true }) < 0 || !/^\d+\.\d+/.test(version);

/**
 * Finds the engine: `TERRAFORM_BINARY`, else `tofu`, else `terraform`.
 *
 * @throws UserError if there is none, or if it is too old
 */
export async function findEngine(env: Host['env']): Promise<string> {
  for (const binary of env['TERRAFORM_BINARY'] ? [env['TERRAFORM_BINARY']] : ['tofu', 'terraform']) {
    const version = await versionOf(binary, env);
    if (version !== undefined && isOlder(version, OLDEST_ENGINE))
      throw new UserError(
        `${binary} ${version} cannot be used: ${OLDEST_ENGINE} or later is needed. Set TERRAFORM_BINARY to another one`,
        'ENGINE_TOO_OLD',
      );
    if (version !== undefined) return binary;
  }
  throw new UserError(NO_ENGINE, 'NO_ENGINE');
}

/**
 * Runs the engine with its output passed through, and waits for its end. A signal reaches it exactly once: a second one
 * would make it leave without saving the state. So it has its own process group, which the terminal does not signal.
 *
 * @returns its exit status; never 0 after a signal, so that no other command follows
 */
export async function runEngine(
  binary: string,
  args: readonly string[],
  cwd: string,
  env: Host['env'],
): Promise<number> {
  const child = spawn(binary, args, { cwd, env, stdio: 'inherit', detached: true });
  let stopped = 0;
  const forward = (signal: NodeJS.Signals) => {
    if (stopped === 0) child.kill(signal);
    stopped = 128 + constants.signals[signal];
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  const [status, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  for (const name of SIGNALS) process.off(name, forward);
  return (status ?? 128 + constants.signals[signal ?? 'SIGKILL']) || stopped;
}
