import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bundlePath } from '../helpers/bundle.ts';
import { settingsFor } from '../helpers/contexts.ts';
import { PEAK_RSS } from '../helpers/peak-rss.ts';
import { startVod } from '../helpers/vod.ts';
import { WRAPPINGS } from '../helpers/wrappings.ts';

const run = promisify(execFile);

/** Handles one event in a process of its own, and tells what it came to and what memory it took, in bytes. */
const HOST = `${PEAK_RSS}
const { handler } = require(process.argv[1]);
const print = process.stdout.write.bind(process.stdout);
process.stdout.write = () => {};
(async () => {
  const event = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  gc();
  const before = process.memoryUsage().heapUsed;
  const { summary } = await handler(event, {});
  const peak = peakRss();
  gc();
  print(JSON.stringify({ summary, peakRss: peak, kept: process.memoryUsage().heapUsed - before }));
})();
`;

const vod = await startVod();

async function memoryOf(messages: number): Promise<{ summary: object; peakRss: number; kept: number }> {
  const ids = Array.from({ length: messages }, (_, index) => index.toString(16).padStart(32, '0'));
  for (const id of ids) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
  const event = WRAPPINGS.kafka.wrapAll(ids.map((asset_id) => JSON.stringify({ asset_id })));
  const child = run(process.execPath, ['--expose-gc', '-e', HOST, bundlePath('cancel-superseded')], {
    env: settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '1000000' }),
  });
  child.child.stdin?.end(JSON.stringify(event));
  return JSON.parse((await child).stdout);
}

it('1,000 messages in one batch take little more memory than 100', async () => {
  const [hundred, thousand] = [await memoryOf(100), await memoryOf(1_000)];
  expect([hundred.summary, thousand.summary]).toEqual([{ cancelled: 100 }, { cancelled: 1_000 }]);
  const MiB = 1024 * 1024;
  expect(thousand.peakRss - hundred.peakRss).toBeLessThan(32 * MiB);
  expect(thousand.kept - hundred.kept).toBeLessThan(4 * MiB);
});
