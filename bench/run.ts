import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { SEEDED_ACCOUNT } from '../local/seed.ts';
import { startVodStandIn } from '../local/vod/stand-in.ts';
import { PROGRAM } from './artifacts.ts';
import type { Candidate } from './candidates.ts';
import type { Sample } from './figures.ts';
import { assetIdAt, callsOf, type Instructions, linesOf, REPORT_FD, type WarmPlan } from './protocol.ts';

/** Longer than any run. A run that hangs ends with a message. */
const LIMIT_MS = 120_000;

/** How much of a program's error output is shown, in characters. */
const SHOWN_ERRORS = 2_000;

/**
 * Runs one candidate in its own process, with its own VOD. This process only serves that VOD meanwhile.
 *
 * @param folder - of the artifacts
 * @param warm - what a warm run does. A cold run ends with its first call
 * @throws Error if the program fails, or if the stand-in saw anything else than one 204 for each call
 */
export async function runCandidate(candidate: Candidate, folder: string, warm?: WarmPlan): Promise<Sample> {
  const { name, role, file } = candidate;
  const check = (holds: boolean, problem: string): void => {
    if (!holds) throw new Error(`${name} ${problem}`);
  };
  const calls = callsOf(warm);
  const vod = await startVodStandIn({ accounts: [SEEDED_ACCOUNT], callsPerMinute: Number.POSITIVE_INFINITY });
  try {
    for (let n = 0; n < calls; n++) vod.assets.put(assetIdAt(n), { transcodeStatus: 'WAITING_TRANSCODE' });
    const account = { endpoint: vod.origin, ...SEEDED_ACCOUNT };
    const program = await runProgram(folder, { name, file: join(folder, file), account, ...(warm && { warm }) });
    check(program.status === 0, `ended with ${program.status}: ${program.errors.slice(-SHOWN_ERRORS)}`);
    const confirmed = vod.calls.filter(({ status, applied }) => status === 204 && applied).length;
    check(
      confirmed === calls && vod.calls.length === calls,
      `had ${confirmed} of ${calls} calls answered by 204, and ${vod.calls.length - confirmed} others`,
    );
    const lines = program.log.split('\n').length - 1;
    check(role === 'client' || lines === linesOf(warm), `logged ${lines} lines, not one for each result`);
    return JSON.parse(program.report) as Sample;
  } finally {
    await vod.close();
  }
}

/** Runs the program to its end. */
async function runProgram(folder: string, instructions: Instructions) {
  const child = spawn(process.execPath, [join(folder, PROGRAM), JSON.stringify(instructions)], {
    // The SDK writes files to its working and its home folder.
    cwd: folder,
    // The same environment for all candidates.
    env: { PATH: process.env['PATH'], HOME: folder },
    // No IPC channel: it would load Node's network modules before the program starts.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  const [log, errors, report, [code, signal]] = await Promise.all([
    text(child.stdio[1] as Readable),
    text(child.stdio[2] as Readable),
    text(child.stdio[REPORT_FD] as Readable),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  return { log, errors, report, status: code ?? signal };
}
