import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { SEEDED_ACCOUNT } from '../local/seed.ts';
import type { Artifacts } from './artifacts.ts';
import type { Contestant } from './contestants.ts';
import { callsOf, linesOf, REPORT_FD, type Sample, type WarmPlan } from './protocol.ts';
import type { Vod } from './vod/vod.ts';

/** Longer than any run. A run that hangs ends with a message. */
const LIMIT_MS = 120_000;

/** How much of a program's error output is kept, in characters. */
const KEPT_ERRORS = 2_000;

/** How a run is made: cold, or warm with a plan. */
export interface RunOptions {
  readonly warm?: WarmPlan;
}

/**
 * Runs one contestant in its own process, with its own VOD.
 *
 * @throws Error if the program fails, or if the stand-in saw anything else than one 204 for each call
 */
export async function runProgram(
  contestant: Contestant,
  { home }: Artifacts,
  vod: Vod,
  { warm }: RunOptions = {},
): Promise<Sample> {
  const calls = callsOf(warm);
  const { projectId, ak, sk } = SEEDED_ACCOUNT;
  const account = { endpoint: await vod.open(calls), ak, sk, projectId };
  const instructions = JSON.stringify({ subject: contestant.subject, account, warm });
  const child = spawn(process.execPath, [contestant.program, instructions], {
    cwd: home,
    // The same environment for all contestants.
    env: { PATH: process.env['PATH'], HOME: home },
    // No IPC channel: it would load Node's network modules before the program starts.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  // The program must end before the folder that it writes to is removed.
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

function failure({ name }: Contestant, what: string): Error {
  return new Error(`${name} ${what}`);
}

/** Reads an output to its end. @returns its text so far */
function collect(output: Readable): () => string {
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

const NEW_LINE = 0x0a;

/** Drains a log without keeping it. @returns the number of lines so far */
function countLines(output: Readable): () => number {
  let lines = 0;
  output.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, at + 1)) lines += 1;
  });
  return () => lines;
}
