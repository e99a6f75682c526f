import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { main as emit } from '../../local/emit.ts';
import { main as invoke } from '../../local/invoke.ts';
import { main as start } from '../../local/start.ts';
import { type Called, call, ended } from '../helpers/command.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { request } from './client.ts';

/** Its code blocks are those of the README in Chinese as well: another test compares them byte for byte. */
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code.trim());

/** The words of the one shell example that begins like this. */
const command = (start: string): readonly string[] =>
  (blocks('sh').find((code) => code.startsWith(start)) ?? '').split(/\s+/);

/** What the project's command of this name is given behind its `--`. */
const argumentsOf = (words: readonly string[]): readonly string[] => words.slice(words.indexOf('--') + 1);

let gateway: Called;
let origin: string;

beforeAll(async () => {
  gateway = call(start, [], { PORT: '0' });
  origin = await gateway.printed(/http:\/\/127\.0\.0\.1:\d+/);
});

afterAll(async () => {
  gateway.signal('SIGTERM');
  await gateway.exited;
});

beforeEach(() => {
  // What the functions log, which goes past the commands.
  captureConsole();
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** The answer as `curl -i` prints it. Its connection stays open, as a browser's or curl's does. */
async function printed(base: string, { method, path }: { readonly method: string; readonly path: string }) {
  const agent = new Agent({ keepAlive: true });
  const sent = send(`${base}${path}`, { method, agent }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const { httpVersion, statusCode, statusMessage, rawHeaders } = answer;
  const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
  const body = await text(answer);
  agent.destroy();
  return [`HTTP/${httpVersion} ${statusCode} ${statusMessage}`, ...headers, '', body].join('\n');
}

const withoutIds = (answer: string): string =>
  answer.replace(/\b(?!850883081a2e7255715ef81ae7c34338)[0-9a-f]{32}\b/g, 'ID').replace(/^Date: .*/m, 'Date: NOW');

const port = (): string => new URL(origin).port;

describe('the examples of the README, executed', () => {
  it('the request gives the answer shown, and sent again the other one', async () => {
    const words = command('curl');
    const target = { method: words[words.indexOf('-X') + 1] ?? '', path: new URL(words.at(-1) ?? '').pathname };
    const [shown] = blocks('http');
    expect(withoutIds(await printed(origin, target))).toBe(withoutIds(shown ?? ''));
    const second = await request(origin, target);
    expect([second.status, JSON.parse(second.body).outcome]).toEqual([409, 'not_queued']);
  });

  it('the event sent from the command line is handled', async () => {
    const sent = await ended(emit, argumentsOf(command('npm run emit')), { PORT: port() });
    expect(sent.status).toBe(0);
    expect(JSON.parse(sent.stdout).results).toHaveLength(1);
  });

  it('the message shown is one', async () => {
    const message = blocks('json').find((code) => code.includes('not_after')) ?? '';
    const headers = { 'content-type': 'application/json' };
    const reply = await request(origin, { method: 'POST', path: '/events', headers, body: message });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body).results).toMatchObject([{ asset_id: JSON.parse(message).asset_id }]);
  });

  it('the cancel on its own ends with 0', async () => {
    const [, args = ''] = /`npm run invoke -- ([^`]+)`/.exec(readme) ?? [];
    const invoked = await ended(invoke, args.split(' '));
    expect(invoked.status).toBe(0);
    expect(JSON.parse(invoked.stdout)).toMatchObject({ outcome: 'cancelled', asset_id: args });
  });
});
