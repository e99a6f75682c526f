import type { VodPort } from '../lib/cancel/vod-port.ts';
import { configure } from '../lib/config/configure.ts';
import { bareHost } from '../lib/host/bare.ts';
import { openVod as openKeyedVod } from '../lib/open-cancel.ts';
import { command, type Io, runIfMain } from '../scripts/command.ts';
import { confirm } from './confirm.ts';
import { Caller, MAX_CALLS, pause } from './probe/caller.ts';
import { type Finding, findLimit } from './probe/find-limit.ts';
import type { LimitKind } from './vod/minute-limit.ts';
import { openVod, STAND_IN_OPTION } from './vod-target.ts';

const USAGE = `npm run probe [-- [--yes] [--stand-in]]

Measures VOD's limit on cancel calls: its window, its size, and whether refused calls count. It makes at most
${MAX_CALLS} cancels of an asset that does not exist, in about two minutes, and asks first; --yes answers for you, and is
needed where stdin is not a terminal. Run it when nothing else cancels: it uses the whole limit of the account for a minute.
The settings of the real VOD are those of npm run invoke. Without them, or with --stand-in, it probes the stand-in.
`;

const MINUTE_MS = 60_000;

/**
 * Time from the start of a minute to the first call. A fixed window probably starts with a minute, and must not start in
 * a burst.
 */
const BEGIN_MS = 5_000;

const WINDOWS: Readonly<Record<LimitKind, readonly [window: string, refusedCallsCount: string]>> = {
  'sliding, refused calls count': ['any 60 s (sliding)', 'yes'],
  'sliding, refused calls do not count': ['any 60 s (sliding)', 'no'],
  'fixed window': ['whole minutes (fixed)', 'not applicable: the next window is whole'],
  'token bucket': ['none: a bucket of tokens that fills up evenly', 'not applicable: a refused call takes no token'],
};

function toText({ kind, limit }: Finding, { sentAtMs, retryAfterMs }: Caller): string {
  const [window, refused] = kind === undefined ? ['not found', 'not found'] : WINDOWS[kind];
  const rows = {
    window,
    'calls a minute': kind === undefined ? `more than ${limit}: nothing was refused` : `${limit}`,
    'refused calls count': refused,
    'Retry-After': retryAfterMs === undefined ? 'none' : `${retryAfterMs / 1_000} s`,
    'calls made': `${sentAtMs.length}`,
  };
  return Object.entries(rows)
    .map(([name, value]) => `${name.padEnd(21)}${value}\n`)
    .join('');
}

async function vodOf(lookUp: (name: string) => string | undefined): Promise<VodPort> {
  const { settings, projectId, key } = configure({ ...bareHost(), settingSources: [lookUp] });
  const timeoutMs = settings.VOD_ATTEMPT_TIMEOUT_MS;
  return (await openKeyedVod({ endpoint: settings.endpoint, projectId, key, timeoutMs, maxWaitMs: timeoutMs })).vod;
}

async function probe(vod: VodPort, { stdout, stderr }: Io): Promise<void> {
  const waitMs = (2 * MINUTE_MS + BEGIN_MS - (Date.now() % MINUTE_MS)) % MINUTE_MS;
  stderr.write(`Waiting ${Math.ceil(waitMs / 1_000)} s for the minute to begin, then calling for a minute.\n`);
  await pause(waitMs);
  const caller = new Caller(vod);
  stdout.write(toText(await findLimit(caller), caller));
}

const OPTIONS = { yes: { type: 'boolean' }, ...STAND_IN_OPTION } as const;

export const main = command('probe', { usage: USAGE, options: OPTIONS }, async (io, values) => {
  const target = await openVod(io.env, values);
  const isReal = target.standIn === undefined;
  try {
    const vod = await vodOf((name) => (isReal ? io.env : target.settings)[name]);
    io.stderr.write(
      isReal ? `${target.notice}\n` : 'VOD stand-in, not Huawei Cloud: this says nothing about the real VOD.\n',
    );
    if (isReal && !values.yes) await confirm(`Make up to ${MAX_CALLS} cancel calls?`, io);
    await probe(vod, io);
  } finally {
    await target.close();
  }
  return 0;
});

await runIfMain(import.meta, main);
