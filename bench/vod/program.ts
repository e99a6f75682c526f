import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEEDED_ACCOUNT } from '../../local/seed.ts';
import { type RecordedCall, startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';
import { assetIdAt } from '../protocol.ts';
import type { Opened, Order, Tally } from './orders.ts';

/** Calls are kept for tests to look at; here there are too many. */
const KEPT_CALLS = 1_000;

interface Run {
  readonly vod: VodStandIn;
  readonly cpuBefore: NodeJS.CpuUsage;
  cancelled: number;
  other: number;
}

let run: Run | undefined;

process.on('message', (order: Order) => {
  void answer(order).then((reply) => process.send?.(reply));
});

// The bench is gone.
process.on('disconnect', () => process.exit(0));

async function answer(order: Order): Promise<Opened | Tally> {
  if (order.kind === 'open') return { origin: await open(order.assets, order.tls) };
  if (run === undefined) throw new Error('no run is open');
  await run.vod.close();
  const { user, system } = process.cpuUsage(run.cpuBefore);
  const { cancelled, other } = run;
  return { cancelled, other, cpuUs: (user + system) / (cancelled + other) };
}

/** A stand-in for one run only: nothing that one contestant leaves behind makes another one's calls dearer. */
async function open(assets: number, tls: boolean): Promise<string> {
  // That of a run that failed.
  await run?.vod.close();
  const vod = await startVodStandIn({
    accounts: [SEEDED_ACCOUNT],
    callsPerMinute: Number.POSITIVE_INFINITY,
    ...(tls && { tls: { key: fixture('valid.key'), cert: fixture('valid.pem') } }),
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

/** The folder with the certificates is this program's argument. */
function fixture(name: string): string {
  return readFileSync(join(process.argv[2] ?? '', name), 'utf8');
}
