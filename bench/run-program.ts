import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { SEEDED_ACCOUNT } from '../local/seed.ts';
import { CommandError } from '../scripts/command.ts';
import type { Artifacts } from './artifacts.ts';
import type { Contestant } from './contestants.ts';
import { callsOf, linesOf, REPORT_FD, type Sample, type WarmPlan } from './protocol.ts';
import type { Vod } from './vod/vod.ts';

/** Longer than any run takes: one that hangs ends with a message. */
const LIMIT_MS = 120_000;

/** How much of a program's error output is worth keeping, in characters. */
const KEPT_ERRORS = 2_000;

/** Where runs send their calls. */
export interface Target {
  readonly vod: Vod;
  /** File of the certificate authority to trust, where the stand-in is reached by TLS. */
  readonly authority: string | undefined;
}

/** How one run differs from another. */
export interface RunOptions {
  readonly warm?: WarmPlan;
}

/**
 * Runs one contestant in a process of its own against a VOD of its own.
 *
 * @throws CommandError where the program fails, or where the stand-in saw anything but one 204 for each call
 */
export async function runProgram(
  contestant: Contestant,
  { home }: Artifacts,
  { vod, authority }: Target,
  { warm }: RunOptions = {},
): Promise<Sample> {
  const calls = callsOf(warm);
  const { projectId, ak, sk } = SEEDED_ACCOUNT;
  const account = { endpoint: await vod.open(calls), ak, sk, projectId };
  const instructions = JSON.stringify({ subject: contestant.subject, account, warm });
  const child = spawn(process.execPath, [contestant.program, instructions], {
    cwd: home,
    // The same for all, whatever the shell has set.
    env: { PATH: process.env['PATH'], HOME: home, ...(authority !== undefined && { NODE_EXTRA_CA_CERTS: authority }) },
    // No IPC channel: with one Node loads its network modules before the program begins.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  // Before the folder it writes to is removed.
  const kill = (): void => void child.kill('SIGKILL');
  process.prependListener('exit', kill);
  const lines = countLines(child.stdio[1] as Readable);
  const errors = collect(child.stdio[2] as Readable);
  const report = collect(child.stdio[REPORT_FD] as Readable);
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
  process.off('exit', kill);
  if (status !== 0) throw failure(contestant, `ended with ${status ?? signal}: ${errors().slice(-KEPT_ERRORS)}`);
  const tally = await vod.close();
  if (tally.cancelled !== calls || tally.other !== 0) {
    throw failure(contestant, `had ${tally.cancelled} of ${calls} calls answered by 204, and ${tally.other} others`);
  }
  if (contestant.role === 'function' && lines() !== linesOf(warm))
    throw failure(contestant, `logged ${lines()} lines, not one for each result`);
  return { ...(JSON.parse(report()) as Sample), standInCpuUs: tally.cpuUs };
}

function failure({ name }: Contestant, what: string): CommandError {
  return new CommandError(`${name} ${what}`);
}

/** Reads an output to its end. @returns what it was */
function collect(output: Readable): () => string {
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

const NEW_LINE = 0x0a;

/** Drains a log without keeping it. @returns how many lines it had */
function countLines(output: Readable): () => number {
  let lines = 0;
  output.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, at + 1)) lines += 1;
  });
  return () => lines;
}
