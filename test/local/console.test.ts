import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUNDLES } from '../../local/bundles.ts';
import { type Console, openConsole } from '../../local/console/console.ts';
import { type Gateway, startGateway } from '../../local/gateway/server.ts';
import { SEEDED_ACCOUNT, SEEDED_ASSET_ID } from '../../local/seed.ts';
import type { Asset } from '../../local/vod/assets.ts';
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
  await startWith(vod, env);
}

async function startWith(target: VodTarget, env: Readonly<Record<string, string>> = {}): Promise<void> {
  page = openConsole(target, env);
  gateway = await startGateway({ port: 0, bundles: BUNDLES, settings: target.settings, hooks: page });
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

const inject = (name: string, times = 1) => post('/console/faults', { name, times });

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
    expect(files.length).toBeGreaterThan(2);
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
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', '']) {
      expect(await post('/console/faults', { name: 'hang', times: 1 }, { 'content-type': type })).toMatchObject({
        status: 415,
      });
    }
    expect(vod.standIn?.waitingFaults()).toEqual([]);
    expect(await call({ path: '/console/faults/clear' })).toMatchObject({ status: 404 });
    expect(await call({ method: 'POST', path: '/' })).toMatchObject({ status: 404 });
  });
});

describe('the actions', () => {
  it('queue a new asset, and an old one again', async () => {
    const created = await post('/console/assets', { wait_seconds: 60 });
    expect(created.status).toBe(201);
    const { asset_id } = JSON.parse(created.body);
    expect(vod.standIn?.assets.get(asset_id)).toMatchObject({ transcodeStatus: 'WAITING_TRANSCODE' });
    expect(await post('/console/queue', { asset_id })).toMatchObject({ status: 409 });
    const again = await post('/console/assets', { asset_id, wait_seconds: null });
    expect([again.status, JSON.parse(again.body).detail]).toEqual([409, expect.stringContaining('already')]);
    vod.standIn?.assets.cancel(asset_id);
    expect(await post('/console/queue', { asset_id })).toMatchObject({ status: 200 });
    expect(await post('/console/queue', { asset_id: 'f'.repeat(32) })).toMatchObject({ status: 404 });
  });

  it('line up a fault, and clear it', async () => {
    expect(await post('/console/faults', { name: 'hang', times: 3, on: 'any' })).toMatchObject({ status: 201 });
    expect(await post('/console/faults', { name: 'list-slow', times: 1 })).toMatchObject({ status: 201 });
    expect(vod.standIn?.waitingFaults()).toEqual([
      { name: 'hang', on: 'any', left: 3 },
      { name: 'list-slow', on: 'list', left: 1 },
    ]);
    expect(await post('/console/faults/clear', {})).toMatchObject({ status: 200 });
    expect(vod.standIn?.waitingFaults()).toEqual([]);
  });

  it.each([
    ['/console/assets', { asset_id: 'no', wait_seconds: null }, 'asset_id'],
    ['/console/assets', { wait_seconds: -1 }, 'wait_seconds'],
    ['/console/assets', { wait_seconds: 1, more: 1 }, 'more'],
    ['/console/queue', {}, 'asset_id'],
    ['/console/faults', { name: 'toString', times: 1 }, 'name'],
    ['/console/faults', { name: 'hang', times: 0 }, 'times'],
    ['/console/faults', { name: 'hang', times: 1, on: 'all' }, 'on'],
    ['/console/faults/clear', 1, 'the body'],
    ['/console/faults/clear', undefined, 'the body'],
  ])('refuse %s %j and name the member', async (path, body, name) => {
    const reply = await post(path, body);
    expect(reply.status).toBe(422);
    expect(JSON.parse(reply.body).detail).toBe(`These members are malformed: ${name}.`);
  });
});

describe('the stream', () => {
  it('begins with all there is', async () => {
    await inject('slow');
    const stream = await connect();
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.messages().map(({ name }) => name)).toEqual(['hello', 'state']);
    expect(stream.all('hello')).toEqual([{ vod: 'stand-in', place: null }]);
    const [state] = stream.all('state');
    expect(state?.['faults']).toEqual([{ name: 'slow', on: 'cancel', left: 1 }]);
    expect(state?.['assets']).toContainEqual({
      assetId: SEEDED_ASSET_ID,
      assetStatus: 'CREATED',
      transcodeStatus: 'WAITING_TRANSCODE',
    });
  });

  it('shows an invocation in order: event, calls with their attempts, log line, result', async () => {
    const stream = await connect();
    await inject('applied-504');
    const reply = await call({ method: 'DELETE', path: CANCEL });
    await expect.poll(() => stream.all('ended')).toHaveLength(1);
    const [began] = stream.all('began');
    const { request_id } = JSON.parse(reply.body);
    expect(began).toMatchObject({ id: request_id, function: 'cancel-http', title: `DELETE ${SEEDED_ASSET_ID}` });
    const told = stream.messages().filter(({ name }) => !['hello', 'state'].includes(name));
    expect(told.map(({ name }) => name)).toEqual(['began', ...Array(6).fill('call'), 'line', 'ended']);
    const starts = stream.all('call').map(({ at_ms }) => Number(at_ms));
    expect(starts).toEqual(starts.toSorted((one, other) => one - other));
    const call1 = { id: request_id, n: 1, operation: 'cancel', asset_id: SEEDED_ASSET_ID };
    const call2 = { ...call1, n: 2 };
    const call3 = { ...call1, n: 3, operation: 'list' };
    const underWay = { duration_ms: null, status: null, code: null, fault: null };
    expect(stream.all('call')).toMatchObject([
      { ...call1, ...underWay },
      { ...call1, duration_ms: expect.any(Number), status: 504, code: 'APIGW.0201', fault: 'applied-504' },
      { ...call2, ...underWay },
      { ...call2, duration_ms: expect.any(Number), status: 400, code: 'VOD.10083', fault: null },
      { ...call3, ...underWay },
      { ...call3, duration_ms: expect.any(Number), status: 200, code: null, fault: null },
    ]);
    expect(stream.all('line')).toMatchObject([{ line: { level: 'INFO', message: 'transcode cancel: cancelled' } }]);
    expect(stream.all('ended')).toMatchObject([
      { status: 200, outcomes: { cancelled: 1 }, detail: expect.any(String) },
    ]);
  });

  it('shows the event function in the same way, and what it throws', async () => {
    const stream = await connect();
    const event = { specversion: '1.0', id: '1', source: '/t', type: 'vod.upload.superseded' };
    const headers = { 'content-type': 'application/cloudevents+json' };
    await post('/events', { ...event, data: { asset_id: SEEDED_ASSET_ID } }, headers);
    await post('/events', { ...event, data: { asset_id: 'no' } }, headers);
    await expect.poll(() => stream.all('ended')).toHaveLength(2);
    expect(stream.all('began')[0]).toMatchObject({ title: 'cloudevents' });
    expect(stream.all('ended')).toMatchObject([
      { status: null, outcomes: { cancelled: 1 } },
      { status: null, outcomes: { CancelIncompleteError: 1 }, detail: expect.stringContaining('INVALID_ASSET_ID') },
    ]);
  });

  it('moves with the assets and the faults, by itself and by what is done', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const stream = await connect();
    await post('/console/assets', { asset_id: 'a'.repeat(32), wait_seconds: 60 });
    const states = () =>
      stream
        .all('state')
        .flatMap(({ assets }) => assets as Asset[])
        .filter(({ assetId }) => assetId === 'a'.repeat(32))
        .map(({ transcodeStatus }) => transcodeStatus);
    for (const state of ['WAITING_TRANSCODE', 'TRANSCODING', 'TRANSCODE_SUCCEED']) {
      await expect.poll(() => states().at(-1)).toBe(state);
      vi.setSystemTime(Date.now() + 60_000);
    }
    await inject('slow');
    await expect.poll(() => stream.all('state').at(-1)?.['faults']).toHaveLength(1);
    await post('/console/faults/clear', {});
    await expect.poll(() => stream.all('state').at(-1)?.['faults']).toEqual([]);
  });

  it('gives a page that connects later what it has missed', async () => {
    await call({ method: 'DELETE', path: CANCEL });
    const [first, second] = [await connect(), await connect()];
    for (const { all } of [first, second]) await expect.poll(() => all('ended')).toHaveLength(1);
    // The state is sent again whenever it changes.
    const told = ({ messages }: StreamClient) => messages().filter(({ name }) => !['hello', 'state'].includes(name));
    expect(told(second)).toEqual(told(first));
    expect(told(second).map(({ name }) => name)).toEqual(['began', 'call', 'call', 'line', 'ended']);
    const beginning = second.messages().slice(0, 2);
    expect(beginning.map(({ name }) => name)).toEqual(['hello', 'state']);
  });

  it('contains no secret, from any source', async () => {
    const stream = await connect();
    await inject('unauthorized-echo');
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

describe('the calls to VOD', () => {
  it('are those of their invocation, where two of one asset are under way', async () => {
    const stream = await connect();
    await inject('error-500', 2);
    await Promise.all([1, 2, 3].map(() => call({ method: 'DELETE', path: CANCEL })));
    await expect.poll(() => stream.all('ended')).toHaveLength(3);
    for (const { id, result } of stream.all('ended')) {
      const cancels = stream.all('call').filter((one) => one['id'] === id && one['operation'] === 'cancel');
      expect(cancels.filter(({ duration_ms }) => duration_ms !== null)).toHaveLength(JSON.parse(`${result}`).attempts);
    }
    const faults = stream.all('call').map(({ fault }) => fault);
    expect(faults.filter((fault) => fault === 'error-500')).toHaveLength(2);
  });

  it('have their own answers, where several leave at once', async () => {
    const stream = await connect();
    // Until VOD has accepted the key, the calls are made one after the other.
    await post('/events', { asset_id: SEEDED_ASSET_ID });
    await post('/console/queue', { asset_id: SEEDED_ASSET_ID });
    const others = ['e'.repeat(32), 'f'.repeat(32)];
    await post('/events', { asset_ids: [SEEDED_ASSET_ID, ...others] });
    await expect.poll(() => stream.all('ended')).toHaveLength(2);
    const over = stream.all('call').filter(({ duration_ms }) => duration_ms !== null);
    const codesOf = (id: string) => over.filter(({ asset_id }) => asset_id === id).map(({ code }) => code);
    expect(codesOf(SEEDED_ASSET_ID)).toEqual([null, null]);
    for (const id of others) expect(codesOf(id)).toEqual(['VOD.10062']);
  });

  it('are shown without an answer if the function has given up', async () => {
    page.close();
    await gateway.close(0);
    await startWith({ ...vod, settings: { ...vod.settings, VOD_ATTEMPT_TIMEOUT_MS: '300' } });
    const stream = await connect();
    await inject('hang');
    await call({ method: 'DELETE', path: CANCEL });
    await expect.poll(() => stream.all('ended')).toHaveLength(1);
    const first = stream.all('call').filter(({ n }) => n === 1);
    const over = { duration_ms: expect.any(Number), status: null, code: null, fault: 'hang' };
    expect(first).toMatchObject([{ duration_ms: null }, over]);
  });

  it('of an event with many assets are shown up to a limit, and all assets are counted', async () => {
    const stream = await connect();
    const asset_ids = Array.from({ length: 400 }, (_, index) => String(index).padStart(32, 'd'));
    await post('/events', { asset_ids });
    await expect.poll(() => stream.all('ended')).toMatchObject([{ asset_count: 400 }]);
    expect(stream.messages().filter(({ name }) => ['began', 'call', 'line'].includes(name))).toHaveLength(300);
  });

  it('of the real VOD are shown too', async () => {
    page.close();
    await gateway.close(0);
    await startWith({ ...vod, standIn: undefined });
    const stream = await connect();
    await call({ method: 'DELETE', path: CANCEL });
    await expect.poll(() => stream.all('ended')).toHaveLength(1);
    expect(stream.all('call')).toMatchObject([{ n: 1 }, { n: 1, asset_id: SEEDED_ASSET_ID, status: 204, code: null }]);
  });
});

describe('with the real VOD', () => {
  const ENV = {
    HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV',
    HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV',
    HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
    VOD_ENDPOINT: 'http://127.0.0.1:1',
  };

  beforeEach(async () => {
    await stop();
    await start(ENV);
  });

  it('says so, and has nothing of the stand-in', async () => {
    const stream = await connect();
    expect(stream.messages()).toHaveLength(1);
    expect(stream.all('hello')).toEqual([{ vod: 'real', place: 'VOD_ENDPOINT=http://127.0.0.1:1' }]);
    expect(await inject('hang')).toMatchObject({ status: 409 });
    expect(await post('/console/assets', {})).toMatchObject({ status: 409 });
  });
});
