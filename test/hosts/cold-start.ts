/**
 * How long an instance of Lambda takes from the start of its process to its first result, with Lambda's own runtime client
 * and a handler that does nothing for comparison:
 *
 *     node --import tsx test/hosts/cold-start.ts [<folder of another cancel-http bundle>...]
 *
 * The candidates take turns, so a busy machine disturbs all of them alike. It prints medians and quartiles, and the mean
 * of the processor time, which a busy machine changes least.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { percentile } from '../../bench/statistics.ts';
import { startVodStandIn } from '../../local/vod/stand-in.ts';
import { ASSET_ID, KEY, PROJECT_ID, settingsFor } from '../helpers/contexts.ts';
import { GATEWAY_EVENTS } from '../helpers/http-events.ts';
import { RuntimeApi } from './runtime-api.ts';
import { installHostTools, nodeOf, RUNTIME_CLIENT } from './tools.ts';

const ROUNDS = 31;

await installHostTools();
const vod = await startVodStandIn({
  accounts: [{ ak: KEY.ak, sk: KEY.sk, projectId: PROJECT_ID }],
  callsPerMinute: Number.POSITIVE_INFINITY,
});

/** Linux counts processor time in hundredths of a second (proc(5), utime and stime). */
async function processorMs(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

interface Start {
  readonly tookMs: number;
  readonly cpuMs: number;
}

interface Candidate {
  readonly name: string;
  readonly folder: string;
  readonly event: unknown;
  /** The status of the response, by which it shows that it did its work. */
  readonly status: number;
}

async function firstResult({ name, folder, event, status }: Candidate): Promise<Start> {
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  const api = await RuntimeApi.start();
  const ended = api.invoke({ requestId: '00000000-0000-4000-8000-000000000001', event });
  const startedAt = performance.now();
  const child = spawn(nodeOf(24), [RUNTIME_CLIENT], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...settingsFor(vod.origin),
      ...api.environmentOf(folder),
    },
  });
  const { kind, body } = await ended;
  const tookMs = performance.now() - startedAt;
  const { statusCode } = body as { statusCode?: number };
  if (kind !== 'response' || statusCode !== status) throw new Error(`${name} answered ${JSON.stringify(body)}`);
  const cpuMs = await processorMs(child.pid);
  child.kill('SIGKILL');
  await once(child, 'close');
  api.close();
  return { tookMs, cpuMs };
}

/** A function of one file that is written for the comparison. */
async function functionOf(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cold-start-'));
  await writeFile(join(folder, 'index.js'), source);
  return folder;
}

const NOTHING = 'exports.handler = async () => ({ statusCode: 200 });';

const ONE_CALL = `
const { request } = require('node:https') && require('node:http');
exports.handler = () => new Promise((resolve) => {
  const call = request(process.env.VOD_ENDPOINT, (answer) => {
    answer.resume().on('end', () => resolve({ statusCode: 200 }));
  });
  call.end();
});`;

const cancelled = GATEWAY_EVENTS['api-gateway-v2']({});
const own = resolve(import.meta.dirname, '../../dist/cancel-http');
const candidates: readonly Candidate[] = [
  { name: 'nothing', folder: await functionOf(NOTHING), event: {}, status: 200 },
  { name: 'one call and nothing else', folder: await functionOf(ONE_CALL), event: {}, status: 200 },
  {
    name: 'cancel-http, a request without an id',
    folder: own,
    event: { ...cancelled, pathParameters: {} },
    status: 400,
  },
  { name: 'cancel-http, a cancel', folder: own, event: cancelled, status: 200 },
  ...process.argv.slice(2).map((folder) => ({ name: folder, folder: resolve(folder), event: cancelled, status: 200 })),
];

const samples = new Map<Candidate, Start[]>(candidates.map((candidate) => [candidate, []]));
for (let round = 0; round < ROUNDS; round += 1)
  for (const [candidate, starts] of samples) starts.push(await firstResult(candidate));

for (const [{ name }, starts] of samples) {
  const tookMs = starts.map((start) => start.tookMs);
  const [low, median, high] = [25, 50, 75].map((share) => percentile(tookMs, share).toFixed(1));
  const cpuMs = starts.reduce((sum, start) => sum + start.cpuMs, 0) / starts.length;
  process.stdout.write(`${median} ms (${low} to ${high}), processor ${cpuMs.toFixed(1)} ms  ${name}\n`);
}
for (const { folder } of candidates.slice(0, 2)) await rm(folder, { recursive: true });
await vod.close();
