import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseAuthorization, verifySignature } from '../../local/vod/signature.ts';
import { ASSET_ID } from '../helpers/contexts.ts';
import { runSnippet } from './run.ts';

const PAGE = readFileSync(new URL('../../docs/results.md', import.meta.url), 'utf8');
const [, SNIPPET = ''] = /```ts\n([\s\S]*?)```/.exec(PAGE) ?? [];

const API_HOST = 'group.apic.example.com';
const SECRET = 'APP-SECRET-EXAMPLE-NOT-A-SECRET';
const ENVIRONMENT = { API_HOST, APP_KEY: 'APP-KEY-EXAMPLE', APP_SECRET: SECRET, ASSET_ID };

it('the signed call of docs/results.md has the signature that the signing guide asks for', async () => {
  const [[address, { method, headers }]] = (await runSnippet('ts', SNIPPET, ENVIRONMENT)) as [
    [string, { method: string; headers: Record<string, string> }],
  ];
  const url = new URL(address);
  expect([method, url.host, url.pathname]).toEqual(['DELETE', API_HOST, `/assets/${ASSET_ID}/transcode-task`]);
  const claimed = parseAuthorization(headers['authorization'] ?? '');
  expect(claimed?.ak).toBe('APP-KEY-EXAMPLE');
  const request = { method, path: url.pathname, query: [], headers: { ...headers, host: url.host }, body: '' };
  const date = headers['x-sdk-date'] ?? '';
  expect(claimed && verifySignature(request, date, SECRET, claimed)).toBe(true);
});
