import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SEEDED_ASSET_ID } from '../../local/seed.ts';
import { CANCEL, useConsole } from './console.ts';

const PAGE = join(import.meta.dirname, '../../local/console/page');

const { call, post, vod } = useConsole();

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
    expect(vod().standIn?.waitingFaults()).toEqual([]);
  });

  it('takes changes by POST and as JSON only', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', '']) {
      expect(await post('/console/faults', { name: 'hang', times: 1 }, { 'content-type': type })).toMatchObject({
        status: 415,
      });
    }
    expect(vod().standIn?.waitingFaults()).toEqual([]);
    expect(await call({ path: '/console/faults/clear' })).toMatchObject({ status: 404 });
    expect(await call({ method: 'POST', path: '/' })).toMatchObject({ status: 404 });
  });
});
