import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEY_SOURCES, MESSAGE_SOURCES } from '../../local/emit/sample-event.ts';
import { main } from '../../local/emit.ts';
import { LOOPBACK, listen } from '../../local/listen.ts';
import { main as start } from '../../local/start.ts';
import { type Called, call, ended, typed } from '../helpers/command.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { ASSET } from './samples.ts';

/** Nothing listens there: a cancel ends at once, and on this machine. */
const REAL = {
  HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV',
  HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV',
  HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
  VOD_ENDPOINT: `http://${LOOPBACK}:1`,
};

let real: Called;
let port: string;

beforeAll(async () => {
  real = call(start, [], { PORT: '0', ...REAL });
  port = /\d+$/.exec(await real.printed(/http:\/\/127\.0\.0\.1:\d+/))?.[0] ?? '';
});

afterAll(async () => {
  real.signal('SIGTERM');
  await real.exited;
});

beforeEach(() => {
  captureConsole();
  // The functions read the environment of the process.
  for (const [name, value] of Object.entries(REAL)) vi.stubEnv(name, value);
});

const VOD_WAS_CALLED = 'VOD_UNREACHABLE';

describe('npm run emit to a gateway on the real VOD', () => {
  it.each(['y\n', 'YES\n'])('says so, asks on a terminal, and sends after %j', async (answer) => {
    const { stdout, stderr } = await ended(main, [ASSET], { PORT: port }, typed(answer));
    expect(stderr).toMatch(/^\*\*\* REAL VOD \*\*\* .*\nSend the event\? \[y\/N\] $/);
    expect(stdout).toContain(VOD_WAS_CALLED);
  });

  it.each(['n\n', '\n', '', 'maybe\ny\n'])('sends nothing after %j', async (answer) => {
    const { status, stdout, stderr } = await ended(main, [ASSET], { PORT: port }, typed(answer));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('emit: nothing was sent.');
  });

  it('does not ask with --yes', async () => {
    const { stdout, stderr } = await ended(main, [ASSET, '--yes'], { PORT: port }, typed('n\n'));
    expect(stderr).toMatch(/^\*\*\* REAL VOD \*\*\* [^\n]*\n$/);
    expect(stdout).toContain(VOD_WAS_CALLED);
  });

  it('refuses to send if stdin is not a terminal, with any content', async () => {
    const piped = Readable.from(['y\n']);
    for (const input of [undefined, piped]) {
      const { status, stdout, stderr } = await ended(main, [ASSET], { PORT: port }, input);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        /^\*\*\* REAL VOD \*\*\* [^\n]*\nemit: nothing was sent: stdin is not a terminal[^\n]* --yes [^\n]*\n$/,
      );
    }
  });
});

describe('npm run emit', () => {
  it.each(
    KEY_SOURCES.flatMap((as) => [
      [as, '--not-after'],
      [as, '--superseded-by'],
    ]),
  )('refuses --as %s with %s, which a key cannot carry', async (as, option) => {
    const { status, stdout, stderr } = await ended(main, [ASSET, '--as', as, option, '2027-01-01T00:00:00Z']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`emit: ${as} carries only a key: it has no place for --superseded-by or --not-after\n`);
  });

  it.each(['', 'toString', 'SQS', 'carrier-pigeon'])('does not know the source %j', async (as) => {
    const { status, stdout, stderr } = await ended(main, [ASSET, `--as=${as}`]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`emit: unknown source "${as}"\n`);
  });

  it('has the samples of the sources that it names', () => {
    const samples = readdirSync(new URL('../../local/emit/events', import.meta.url));
    expect(samples.sort()).toEqual([...MESSAGE_SOURCES, ...KEY_SOURCES].map((source) => `${source}.json`).sort());
  });

  it('sends nothing to a server that is not the gateway', async () => {
    const methods: unknown[] = [];
    const other = createServer(({ method }, response) => {
      methods.push(method);
      response.writeHead(404).end();
    });
    const { status, stderr } = await ended(main, [ASSET], { PORT: String(await listen(other, 0)) });
    await new Promise((resolve) => other.close(resolve));
    expect(status).toBe(1);
    expect(stderr).toContain('is not the gateway of npm start');
    expect(methods).toEqual(['GET']);
  });
});

describe('the event of npm run emit', () => {
  let gateway: Called;
  let origin: string;

  beforeAll(async () => {
    gateway = call(start, ['--stand-in'], { PORT: '0' });
    origin = await gateway.printed(/http:\/\/127\.0\.0\.1:\d+/);
  });

  afterAll(async () => {
    gateway.signal('SIGTERM');
    await gateway.exited;
  });

  /** Emits an event for an asset whose transcode waits. @returns the results of the function */
  async function resultsOf(...argv: string[]): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    await fetch(`${origin}/console/queue`, { method: 'POST', headers, body: JSON.stringify({ asset_id: ASSET }) });
    const { stdout } = await ended(main, [ASSET, ...argv], { PORT: new URL(origin).port });
    return JSON.parse(stdout).results;
  }

  it.each([...MESSAGE_SOURCES, ...KEY_SOURCES])('cancels the asset --as %s', async (as) => {
    expect(await resultsOf('--as', as)).toMatchObject([{ asset_id: ASSET, outcome: 'cancelled' }]);
  });

  it.each(MESSAGE_SOURCES)('carries --not-after --as %s', async (as) => {
    const results = await resultsOf('--as', as, '--not-after', '2020-01-01T00:00:00Z');
    expect(results).toMatchObject([{ asset_id: ASSET, outcome: 'ignored' }]);
  });
});
