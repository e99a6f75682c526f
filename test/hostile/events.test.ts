import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../scripts/functions.ts';
import { bundlePath } from '../helpers/bundle.ts';
import { settingsFor } from '../helpers/contexts.ts';
import { PEAK_RSS } from '../helpers/peak-rss.ts';
import { hostileEvent, SAMPLES } from './events.ts';

/** Far below what anything quadratic takes with 100 KB, and far above what the rest does on a busy machine. */
const CPU_MS = 200;
const PER_BYTES = 100_000;
const MAX_GROWTH_BYTES = 64 * 1024 * 1024;

interface Cost {
  readonly cpuMs: number;
  readonly peakRss: number;
  readonly rss: number;
  readonly ending: string;
}

/**
 * Handles one event after the other and tells what each took of this process's own time, which other processes do not
 * add to. No time is left to call VOD, so nothing but reading and reporting is measured.
 */
const HOST = `${PEAK_RSS}
const { handler } = require(process.argv[1]);
const settings = JSON.parse(process.argv[2]);
process.stdout.write = () => true;
process.on('message', async (text) => {
  gc();
  const event = JSON.parse(text);
  const rss = process.memoryUsage.rss();
  const before = process.cpuUsage();
  const context = {
    getRequestID: () => 'r-1',
    getRemainingTimeInMilliSeconds: () => 0,
    getUserData: (name) => settings[name],
  };
  const ending = await handler(event, context).then(() => 'resolved', (error) => error.name);
  const { user, system } = process.cpuUsage(before);
  process.send({ cpuMs: (user + system) / 1000, rss, peakRss: peakRss(), ending });
});
`;

let host: ChildProcess;
let ended: Promise<unknown>;

afterEach(async () => {
  if (host.connected) host.disconnect();
  await ended;
});

async function handle(text: string): Promise<Cost> {
  const answer = new Promise<Cost | undefined>((answered) => {
    host.removeAllListeners('message').once('message', (cost) => answered(cost as Cost));
    void ended.then(() => answered(undefined));
  });
  host.send(text);
  const cost = await answer;
  if (cost === undefined) throw new Error('the process of the function has ended');
  return cost;
}

describe.each(FUNCTIONS)('%s', (name) => {
  it('takes little time and memory, and ends as it should, whatever is in an event', async () => {
    const settings = settingsFor('http://127.0.0.1:9', {
      ASSET_ID_KEY_PATTERN: '^superseded/(?<asset_id>[0-9a-f]{32})$',
    });
    host = spawn(process.execPath, ['--expose-gc', '-e', HOST, bundlePath(name), JSON.stringify(settings)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    ended = once(host, 'exit');
    // A process that has just started compiles what it runs, which is not the event's fault.
    for (const sample of [...SAMPLES, ...SAMPLES]) await handle(JSON.stringify(sample));
    const { rss: baseline } = await handle('{}');
    await fc.assert(
      fc.asyncProperty(hostileEvent, async (text) => {
        const { cpuMs, peakRss, ending } = await handle(text);
        expect(cpuMs).toBeLessThan(CPU_MS * Math.max(1, text.length / PER_BYTES));
        expect(peakRss - baseline).toBeLessThan(MAX_GROWTH_BYTES);
        const endings = name === 'cancel-http' ? ['resolved'] : ['resolved', 'CancelIncompleteError'];
        expect(endings).toContain(ending);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});
