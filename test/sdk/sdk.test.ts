import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { FaultName } from '../../local/vod/faults.ts';
import { startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';
import { freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, KEY, PROJECT_ID, settingsFor } from '../helpers/contexts.ts';
import type { Fault } from '../helpers/faults.ts';
import { answer, redirectTo } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';

const page = readFileSync(new URL('../../docs/why.md', import.meta.url), 'utf8');

const PROGRAM = new URL('./program.cjs', import.meta.url).pathname;

interface Told {
  readonly resolved?: number;
  readonly rejected?: string;
  readonly name?: string;
  readonly resources?: readonly string[];
}

let vod: VodStandIn;
let lines: ConsoleLines;

beforeAll(async () => {
  vod = await startVodStandIn({ accounts: [{ ...KEY, projectId: PROJECT_ID }] });
});

afterAll(() => vod.close());

beforeEach(() => {
  lines = captureConsole();
  vod.clearFaults();
  vod.resetCalls();
});

function prepare(fault: FaultName | Fault): void {
  vod.clearFaults();
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  vod.inject(fault);
}

/** Starts the SDK's cancel in a process of its own. */
function startSdk(fault: FaultName | Fault): { readonly child: ChildProcess; readonly told: Promise<Told> } {
  prepare(fault);
  const options = { ...KEY, endpoint: vod.origin, projectId: PROJECT_ID, assetId: ASSET_ID };
  const child = fork(PROGRAM, [JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close').then((): Told => {
    throw new Error('the process ended before its message');
  });
  return { child, told: Promise.race([once(child, 'message').then(([told]) => told as Told), ended]) };
}

/** One cancel by the SDK. @returns what it came to, and what the process wrote to stdout */
async function sdk(fault: FaultName | Fault): Promise<Told & { readonly printed: string }> {
  const { child, told } = startSdk(fault);
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const closed = once(child, 'close');
  const outcome = await told;
  child.kill('SIGKILL');
  await closed;
  return { ...outcome, printed };
}

/** One cancel by the built function. */
async function ours(fault: FaultName | Fault, settings: Record<string, string> = {}) {
  prepare(fault);
  const { securityToken } = KEY;
  const own = settingsFor(vod.origin, { HUAWEICLOUD_SDK_SECURITY_TOKEN: securityToken, ...settings });
  const { handler } = freshBundle('cancel-http');
  const response = await handler(apigEvent(), functionGraphContext({ settings: own, remainingMs: 60_000 }));
  return JSON.parse((response as { body: string }).body) as { outcome: string; error?: { code: string } };
}

/** A host that is not VOD. @returns its origin, and the headers of the requests that it got */
async function elsewhere() {
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers);
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** By the first cell of the page's table. */
const CASES: Readonly<Record<string, () => Promise<void>>> = {
  'VOD refuses a cancel': async () => {
    const { rejected, printed } = await sdk('not-queued-400');
    expect(rejected).toBeDefined();
    expect(printed).toContain(KEY.securityToken);
    expect(await ours('not-queued-400')).toBeDefined();
    expect(lines.text()).toContain('VOD.10083');
    expect(lines.text()).not.toContain(KEY.securityToken);
  },
  'something answers 200 with a web page': async () => {
    const webPage = answer(200, '<html></html>', { 'content-type': 'text/html' });
    expect(await sdk(webPage)).toMatchObject({ resolved: 200 });
    expect(await ours(webPage)).toMatchObject({ outcome: 'failed', error: { code: 'VOD_BAD_RESPONSE' } });
  },
  'something redirects to another host': async () => {
    const { origin, received } = await elsewhere();
    const redirect = redirectTo(307, `${origin}/`);
    expect(await sdk(redirect)).toMatchObject({ resolved: 204 });
    expect(received.map((headers) => headers['x-security-token'])).toEqual([KEY.securityToken]);
    expect(await ours(redirect)).toMatchObject({ outcome: 'failed' });
    expect(received).toHaveLength(1);
  },
  'VOD answers 503 once': async () => {
    expect((await sdk('error-503')).rejected).toBeDefined();
    expect(await ours('error-503')).toMatchObject({ outcome: 'cancelled', attempts: 2 });
  },
  'VOD cancels, but its answer is lost': async () => {
    expect(await sdk('applied-reset')).toMatchObject({ rejected: expect.stringMatching(/hang up|ECONNRESET/) });
    expect(await ours('applied-reset')).toMatchObject({ outcome: 'cancelled', inferred: true });
  },
  'VOD never answers': async () => {
    const { child, told } = startSdk('hang');
    await expect.poll(() => vod.calls.length).toBe(1);
    child.send('what is running?');
    expect((await told).resources).not.toContain('Timeout');
    const settings = { VOD_MAX_ATTEMPTS: '1', VOD_ATTEMPT_TIMEOUT_MS: '2000' };
    expect(await ours('hang', settings)).toMatchObject({ outcome: 'unknown', error: { code: 'VOD_TIMEOUT' } });
  },
  "an error's body is the JSON `null`": async () => {
    const nothing = answer(500, 'null', { 'content-type': 'application/json' });
    expect(await sdk(nothing)).toMatchObject({ name: 'TypeError' });
    expect(await ours(nothing, { VOD_MAX_ATTEMPTS: '1' })).toMatchObject({ outcome: 'failed', retryable: true });
  },
};

describe('the SDK alone, and this project', () => {
  const [table = ''] = /^\| case [\s\S]*?\n\n/m.exec(page) ?? [];
  const rows = [...table.matchAll(/^\| ([^|]+?) \|/gm)].map(([, cell = '']) => cell).slice(2);

  it('every row of the page has a case, and every case a row', () => {
    expect(rows).toEqual(Object.keys(CASES));
  });

  it.each(Object.entries(CASES))('%s', (_, check) => check());
});

it('has the figures of the page on performance', () => {
  const performance = readFileSync(new URL('../../docs/performance.md', import.meta.url), 'utf8');
  const figures = page.slice(page.indexOf('## Size and speed')).match(/^\|.*\|$/gm) ?? [];
  expect(figures.length).toBeGreaterThan(5);
  expect(figures.filter((row) => !performance.split('\n').includes(row))).toEqual([]);
});
