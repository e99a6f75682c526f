import { SEEDED_ACCOUNT } from '../../local/seed.ts';
import type { RecordedCall } from '../../local/vod/calls.ts';
import { startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';
import { assetIdAt } from '../protocol.ts';
import type { Command, Opened, Tally } from './commands.ts';

/** The stand-in keeps its calls for tests. Here there are too many of them. */
const KEPT_CALLS = 1_000;

interface Run {
  readonly vod: VodStandIn;
  readonly cpuBefore: NodeJS.CpuUsage;
  cancelled: number;
  other: number;
}

let run: Run | undefined;

process.on('message', (command: Command) => {
  void answer(command).then((reply) => process.send?.(reply));
});

// The bench has ended.
process.on('disconnect', () => process.exit(0));

async function answer(command: Command): Promise<Opened | Tally> {
  if (command.kind === 'open') return { origin: await open(command.assets) };
  if (run === undefined) throw new Error('no run is open');
  await run.vod.close();
  const { user, system } = process.cpuUsage(run.cpuBefore);
  const { cancelled, other } = run;
  return { cancelled, other, cpuUs: (user + system) / (cancelled + other) };
}

/** Starts a stand-in for one run, so that no contestant slows down the next one. */
async function open(assets: number): Promise<string> {
  // A failed run leaves its stand-in open.
  await run?.vod.close();
  const vod = await startVodStandIn({
    accounts: [SEEDED_ACCOUNT],
    callsPerMinute: Number.POSITIVE_INFINITY,
  });
  for (let n = 0; n < assets; n++) vod.assets.put(assetIdAt(n), { transcodeStatus: 'WAITING_TRANSCODE' });
  const opened: Run = { vod, cpuBefore: process.cpuUsage(), cancelled: 0, other: 0 };
  vod.subscribe((call) => count(call, opened));
  run = opened;
  return vod.origin;
}

function count({ status, applied }: RecordedCall, opened: Run): void {
  if (status === 204 && applied) opened.cancelled += 1;
  else opened.other += 1;
  if (opened.vod.calls.length > KEPT_CALLS) opened.vod.resetCalls();
}
