import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUNDLES } from '../../local/bundles.ts';
import { type Console, openConsole } from '../../local/console/console.ts';
import { type Gateway, startGateway } from '../../local/gateway/server.ts';
import { SEEDED_ACCOUNT, SEEDED_ASSET_ID } from '../../local/seed.ts';
import { FAULTS } from '../../local/vod/faults.ts';
import { openVod, type VodTarget } from '../../local/vod-target.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { type Call, request } from './client.ts';
import { openStream, type StreamClient } from './console-client.ts';

const PAGE = join(import.meta.dirname, '../../local/console/page');

const CANCEL = `/assets/${SEEDED_ASSET_ID}/transcode-task`;

/** Visibly fake, and what nothing that is sent may hold. */
const SECRETS = [SEEDED_ACCOUNT.ak, SEEDED_ACCOUNT.sk, 'SDK-HMAC-SHA256', 'TOKEN-EXAMPLE-CALLER', 'SK-EXAMPLE-ENV'];

let vod: VodTarget;
let page: Console;
let gateway: Gateway;
const streams: StreamClient[] = [];

async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  vod = await openVod(env);
  page = openConsole(vod, env);
  gateway = await startGateway({ port: 0, bundles: BUNDLES, settings: vod.settings, hooks: page });
}

async function stop(): Promise<void> {
  page.close();
  await gateway.close(0);
  await vod.close();
}

async function connect(): Promise<StreamClient> {
  const stream = await openStream(gateway.origin);
  streams.push(stream);
  await expect.poll(() => stream.all('hello')).toHaveLength(1);
  return stream;
}

const call = (options: Call) => request(gateway.origin, options);

const post = (path: string, body: unknown, headers = {}) =>
  call({
    method: 'POST',
    path,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

beforeEach(async () => {
  captureConsole();
  await start();
});

afterEach(async () => {
  for (const stream of streams.splice(0)) {
    for (const secret of SECRETS) expect(stream.text()).not.toContain(secret);
    stream.close();
  }
  await stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the page', () => {
  it('loads its own files and nothing else', async () => {
    const { status, headers, body } = await call({ path: '/' });
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';/);
    expect(policy).not.toContain('unsafe');
    const files = [...body.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path = '']) => path);
    expect(files.length).toBeGreaterThan(5);
    for (const path of files) {
      const type = path.endsWith('.js') ? 'text/javascript' : 'text/css';
      const file = await call({ path });
      expect([path, file.status, file.headers['content-type']]).toEqual([path, 200, `${type}; charset=utf-8`]);
    }
    expect(body).not.toMatch(/<script(?! type="module" src=)|<style|\son[a-z]+="| style="/);
  });

  it.each(readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file)))(
    'writes no HTML in %s',
    (file) => {
      const text = readFileSync(join(PAGE, file), 'utf8');
      expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
    },
  );

  it.each([
    '/page/',
    '/page/index.html',
    '/page/../console.ts',
    '/page/%2e%2e/console.ts',
    '/page/words',
    '/page/none.js',
  ])('has no file at %s', async (path) => {
    expect(await call({ path })).toMatchObject({ status: 404 });
  });
});

describe('/openapi.json', () => {
  it('is the description of the function', async () => {
    const { status, headers, body } = await call({ path: '/openapi.json' });
    expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const { openapi, paths } = JSON.parse(body);
    expect(openapi).toMatch(/^3\.1\./);
    expect(Object.keys(paths)).toEqual(['/assets/{asset_id}/transcode-task', '/transcode-task']);
  });

  it.each([
    ['DELETE', CANCEL, undefined],
    ['POST', CANCEL, undefined],
    ['DELETE', `/transcode-task?asset_id=${SEEDED_ASSET_ID}`, undefined],
    ['POST', '/transcode-task', JSON.stringify({ asset_id: SEEDED_ASSET_ID })],
  ])('describes %s %s, which works', async (method, path, body) => {
    const headers = { 'content-type': 'application/json' };
    const reply = await call({ method, path, headers, ...(body !== undefined && { body }) });
    expect(JSON.parse(reply.body)).toMatchObject({ asset_id: SEEDED_ASSET_ID, outcome: 'cancelled' });
  });
});

describe('the guard', () => {
  const FOREIGN = [{ host: 'evil.example' }, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }];

  it.each(FOREIGN)('keeps %j away from every route', async (headers) => {
    for (const path of ['/', '/console/stream']) expect(await call({ path, headers })).toMatchObject({ status: 403 });
    for (const path of ['/console/assets', '/console/queue', '/console/faults', '/console/faults/clear']) {
      expect(await post(path, { asset_id: SEEDED_ASSET_ID, name: 'hang' }, headers)).toMatchObject({ status: 403 });
    }
    expect(vod.standIn?.waitingFaults()).toEqual([]);
  });

  it('takes changes by POST and as JSON only', async () => {
    expect(await call({ path: '/console/faults/clear' })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(await call({ method: 'POST', path: '/' })).toMatchObject({ status: 405, headers: { allow: 'GET' } });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', '']) {
      expect(await post('/console/faults', { name: 'hang' }, { 'content-type': type })).toMatchObject({ status: 415 });
    }
    const headers = { 'content-type': 'application/json' };
    const path = '/console/faults';
    expect(await call({ method: 'POST', path, body: 'x', headers })).toMatchObject({ status: 400 });
    expect(await post(path, { name: 'x'.repeat(5_000) })).toMatchObject({ status: 413 });
  });
});

describe('the actions', () => {
  it('queue a new asset, and an old one again', async () => {
    const created = await post('/console/assets', { wait_seconds: 60 });
    expect(created.status).toBe(201);
    const { asset_id } = JSON.parse(created.body);
    expect(vod.standIn?.assets.get(asset_id)).toMatchObject({ transcodeStatus: 'WAITING_TRANSCODE' });
    expect(await post('/console/queue', { asset_id })).toMatchObject({ status: 409 });
    const again = await post('/console/assets', { asset_id });
    expect([again.status, JSON.parse(again.body).detail]).toEqual([409, expect.stringContaining('already')]);
    vod.standIn?.assets.cancel(asset_id);
    expect(await post('/console/queue', { asset_id })).toMatchObject({ status: 200 });
    expect(await post('/console/queue', { asset_id: 'f'.repeat(32) })).toMatchObject({ status: 404 });
  });

  it('line up a fault, and clear it', async () => {
    expect(await post('/console/faults', { name: 'hang', times: 3, on: 'any' })).toMatchObject({ status: 201 });
    expect(await post('/console/faults', { name: 'list-slow' })).toMatchObject({ status: 201 });
    expect(vod.standIn?.waitingFaults()).toEqual([
      { name: 'hang', on: 'any', left: 3 },
      { name: 'list-slow', on: 'list', left: 1 },
    ]);
    expect(await post('/console/faults/clear', {})).toMatchObject({ status: 200 });
    expect(vod.standIn?.waitingFaults()).toEqual([]);
  });

  it.each([
    ['/console/assets', { asset_id: 'no' }, 'asset_id'],
    ['/console/assets', { wait_seconds: -1 }, 'wait_seconds'],
    ['/console/assets', { more: 1 }, 'more'],
    ['/console/queue', {}, 'asset_id'],
    ['/console/faults', { name: 'toString' }, 'name'],
    ['/console/faults', { name: 'hang', times: 0 }, 'times'],
    ['/console/faults', { name: 'hang', on: 'all' }, 'on'],
    ['/console/faults/clear', 1, 'the body'],
  ])('refuse %s %j and name the member', async (path, body, name) => {
    const reply = await post(path, body);
    expect(reply.status).toBe(422);
    expect(JSON.parse(reply.body).detail).toBe(`These members are malformed: ${name}.`);
  });
});

describe('the stream', () => {
  it('begins with all there is', async () => {
    await post('/console/faults', { name: 'slow' });
    const stream = await connect();
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.messages().map(({ name }) => name)).toEqual(['hello', 'assets', 'faults']);
    const [hello] = stream.all('hello');
    expect(hello).toMatchObject({ vod: 'stand-in', superseded_type: 'vod.upload.superseded' });
    expect(hello?.['fault_names']).toEqual(Object.keys(FAULTS));
    expect(stream.all('assets')[0]).toContainEqual({
      asset_id: SEEDED_ASSET_ID,
      asset_status: 'CREATED',
      transcode_status: 'WAITING_TRANSCODE',
    });
  });

  it('shows an invocation in order: event, calls with their attempts, log line, result', async () => {
    const stream = await connect();
    await post('/console/faults', { name: 'applied-504' });
    const reply = await call({ method: 'DELETE', path: CANCEL });
    await expect.poll(() => stream.all('ended')).toHaveLength(1);
    const [began] = stream.all('began');
    const { request_id } = JSON.parse(reply.body);
    expect(began).toMatchObject({ id: request_id, function: 'cancel-http', title: `DELETE ${SEEDED_ASSET_ID}` });
    expect(began).toMatchObject({ asset_ids: [SEEDED_ASSET_ID], asset_count: 1 });
    const told = stream.messages().filter(({ name }) => /^(?:began|calling|call|line|ended)$/.test(name));
    const calls = ['calling', 'call', 'calling', 'call', 'calling', 'call'];
    expect(told.map(({ name }) => name)).toEqual(['began', ...calls, 'line', 'ended']);
    const starts = stream.all('call').map(({ at_ms }) => Number(at_ms));
    expect(starts).toEqual(starts.toSorted((one, other) => one - other));
    expect(stream.all('call')).toMatchObject([
      { id: request_id, operation: 'cancel', attempt: 1, status: 504, code: 'APIGW.0201', fault: 'applied-504' },
      { id: request_id, operation: 'cancel', attempt: 2, status: 400, code: 'VOD.10083', fault: null },
      { id: request_id, operation: 'list', attempt: null, status: 200, shared: false },
    ]);
    expect(stream.all('line')).toMatchObject([{ level: 'INFO', message: 'transcode cancel: cancelled' }]);
    expect(stream.all('ended')).toMatchObject([{ status: 200, outcome: 'cancelled', detail: expect.any(String) }]);
  });

  it('shows the event function in the same way, and what it throws', async () => {
    const stream = await connect();
    const event = { specversion: '1.0', id: '1', source: '/t', type: 'vod.upload.superseded' };
    const headers = { 'content-type': 'application/cloudevents+json' };
    await post('/events', { ...event, data: { asset_id: SEEDED_ASSET_ID } }, headers);
    await post('/events', { ...event, data: { asset_id: 'no' } }, headers);
    await expect.poll(() => stream.all('ended')).toHaveLength(2);
    expect(stream.all('began')[0]).toMatchObject({ title: `vod.upload.superseded ${SEEDED_ASSET_ID}` });
    expect(stream.all('ended')).toMatchObject([
      { status: null, outcome: 'cancelled' },
      { status: null, outcome: 'CancelIncompleteError', detail: expect.stringContaining('INVALID_ASSET_ID') },
    ]);
  });

  it('moves with the assets and the faults, by itself and by what is done', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const stream = await connect();
    await post('/console/assets', { asset_id: 'a'.repeat(32), wait_seconds: 60, transcode_seconds: 60 });
    const states = () =>
      stream.messages().flatMap(({ name, data }) => {
        const assets = name === 'assets' ? (data as Record<string, string>[]) : [];
        return assets
          .filter(({ asset_id }) => asset_id === 'a'.repeat(32))
          .map(({ transcode_status }) => transcode_status);
      });
    for (const state of ['WAITING_TRANSCODE', 'TRANSCODING', 'TRANSCODE_SUCCEED']) {
      await expect.poll(() => states().at(-1)).toBe(state);
      vi.setSystemTime(Date.now() + 60_000);
    }
    await post('/console/faults', { name: 'slow' });
    await post('/console/faults/clear', {});
    await expect.poll(() => stream.all('faults').at(-1)).toEqual([]);
  });

  it('gives a page that connects later what it has missed', async () => {
    await call({ method: 'DELETE', path: CANCEL });
    const [first, second] = [await connect(), await connect()];
    for (const { all } of [first, second]) await expect.poll(() => all('ended')).toHaveLength(1);
    // Assets are sent again whenever one of them moves on by itself.
    const told = ({ messages }: StreamClient) =>
      messages().filter(({ name }) => !['hello', 'assets', 'faults'].includes(name));
    expect(told(second)).toEqual(told(first));
    expect(told(second).map(({ name }) => name)).toEqual(['began', 'calling', 'call', 'line', 'ended']);
    const beginning = second.messages().slice(0, 3);
    expect(beginning.map(({ name }) => name)).toEqual(['hello', 'assets', 'faults']);
  });

  it('contains no secret, from any source', async () => {
    const stream = await connect();
    await post('/console/faults', { name: 'unauthorized-echo' });
    const secret = 'TOKEN-EXAMPLE-CALLER';
    const headers = { authorization: `Bearer ${secret}`, cookie: secret, 'x-security-token': secret };
    const body = JSON.stringify({ asset_id: SEEDED_ASSET_ID, token: secret, sk: secret });
    await call({ method: 'POST', path: `${CANCEL}?access_token=${secret}&Signature=${secret}`, headers, body });
    await call({ method: 'POST', path: CANCEL, headers, body: `not JSON, ${secret}` });
    await post('/events', { asset_id: SEEDED_ASSET_ID, password: secret, note: `key ${SEEDED_ACCOUNT.sk}` }, headers);
    await expect.poll(() => stream.all('ended')).toHaveLength(3);
    expect(stream.all('began')[0]?.['event']).toContain('"token": "•••"');
    for (const text of [secret, SEEDED_ACCOUNT.sk, SEEDED_ACCOUNT.ak]) expect(stream.text()).not.toContain(text);
  });

  it('ends when the console closes, so that the gateway can', async () => {
    const stream = await connect();
    page.close();
    await stream.ended;
  });
});

describe('with the real VOD', () => {
  const ENV = {
    HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV',
    HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV',
    HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
    VOD_ENDPOINT: 'http://127.0.0.1:1',
    SUPERSEDED_EVENT_TYPES: 'mine, other',
  };

  beforeEach(async () => {
    await stop();
    await start(ENV);
  });

  it('says so, and has nothing of the stand-in', async () => {
    const stream = await connect();
    expect(stream.messages()).toHaveLength(1);
    expect(stream.all('hello')).toMatchObject([
      { vod: 'real', place: 'VOD_ENDPOINT=http://127.0.0.1:1', superseded_type: 'mine' },
    ]);
    expect(await post('/console/faults', { name: 'hang' })).toMatchObject({ status: 409 });
    expect(await post('/console/assets', {})).toMatchObject({ status: 409 });
  });
});
