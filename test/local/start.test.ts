import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOOPBACK, listen } from '../../local/listen.ts';
import { main } from '../../local/start.ts';
import { type Called, call, ended } from '../helpers/command.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { request } from './client.ts';
import { run } from './project.ts';
import { ASSET } from './samples.ts';

const started: Called[] = [];
let lines: ConsoleLines;

function start(env: Readonly<Record<string, string>> = {}, argv: readonly string[] = []): Called {
  const called = call(main, argv, { PORT: '0', ...env });
  started.push(called);
  return called;
}

const FIRST_LINE = /^.*(?=\n)/;

const originIn = (line: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';

const serversOpen = (): number => process.getActiveResourcesInfo().filter((type) => type === 'TCPServerWrap').length;

beforeEach(() => {
  // What the functions log, which goes past the command.
  lines = captureConsole();
});

afterEach(async () => {
  for (const { signal } of started) signal('SIGTERM');
  for (const { exited } of started.splice(0)) expect(await exited).toBe(0);
  expect(lines.text()).not.toContain('SK-EXAMPLE');
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('npm start', () => {
  it('prints where it is, cancels the seeded asset, and refuses another page', async () => {
    const running = start();
    const line = await running.printed(FIRST_LINE);
    const origin = originIn(line);
    expect(line).toContain(`curl -X DELETE ${origin}/assets/${ASSET}/transcode-task`);

    const reply = await request(origin, { method: 'DELETE', path: `/assets/${ASSET}/transcode-task` });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toMatchObject({ asset_id: ASSET, outcome: 'cancelled', attempts: 1 });
    const foreign = { origin: 'https://evil.example' };
    expect(await request(origin, { path: `/assets/${ASSET}/transcode-task`, headers: foreign })).toMatchObject({
      status: 403,
    });
    expect(running.stdout() + running.stderr()).not.toContain('SK-EXAMPLE');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s, however often it comes', async (signal) => {
    const running = start();
    await running.printed(FIRST_LINE);
    running.signal(signal);
    running.signal(signal);
    expect(await running.exited).toBe(0);
  });

  it('is a process that ends with 0 on a signal', async () => {
    const running = run('start.ts', [], { PORT: '0' });
    try {
      await running.printed(FIRST_LINE);
      running.child.kill('SIGINT');
      expect(await running.exited).toBe(0);
    } finally {
      running.child.kill('SIGKILL');
    }
  });

  it('says in one line that its port is taken, closes its servers and gives stdout back', async () => {
    const other = createServer();
    const port = await listen(other, 0);
    const { write } = process.stdout;
    const servers = serversOpen();
    const taken = await ended(main, [], { PORT: String(port) });
    expect(taken).toEqual({
      status: 1,
      stdout: '',
      stderr: `start: Port ${port} is in use. Set PORT to another one.\n`,
    });
    // Fewer, if a server of another test was still closing.
    await expect.poll(serversOpen).toBeLessThanOrEqual(servers);
    expect(process.stdout.write).toBe(write);
    await new Promise((resolve) => other.close(resolve));
  });

  it('says in one line that PORT is not a port number', async () => {
    expect(await ended(main, [], { PORT: 'abc' })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'start: PORT must be a whole number from 0 to 65535.\n',
    });
  });

  it('explains itself', async () => {
    expect((await ended(main, ['--help'])).stdout).toContain('DELETE /assets/{asset_id}/transcode-task');
  });

  it('takes no arguments', async () => {
    const { status, stderr } = await ended(main, ['now']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^start: expected .+\n\nnpm start/);
  });

  it('talks to the VOD of the environment when it has a key and a place, and says so loudly', async () => {
    // Nothing listens there: a call that is made anyway ends at once, and on this machine.
    const env = {
      HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
      VOD_ENDPOINT: `http://${LOOPBACK}:1`,
    };
    // The functions read the environment of the process.
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const running = start(env);
    const line = await running.printed(FIRST_LINE);
    expect(line).toContain('/assets/ASSET_ID/transcode-task');
    expect(line).not.toContain(ASSET);
    expect(running.stderr()).toContain('REAL VOD');
    const reply = await request(originIn(line), { method: 'DELETE', path: `/assets/${ASSET}/transcode-task` });
    expect(JSON.parse(reply.body)).toMatchObject({ outcome: 'failed', error: { code: 'VOD_UNREACHABLE' } });
    expect(running.stdout() + running.stderr() + lines.text()).not.toMatch(/[AS]K-EXAMPLE/);
  });

  it('shows nothing of an endpoint with a password in it, and answers CONFIG', async () => {
    const env = {
      HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
      VOD_ENDPOINT: `http://user-example:PASSWORD-EXAMPLE@${LOOPBACK}:1`,
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const running = start(env);
    const origin = originIn(await running.printed(FIRST_LINE));
    const reply = await request(origin, { method: 'DELETE', path: `/assets/${ASSET}/transcode-task` });
    expect(reply.status).toBe(500);
    expect(JSON.parse(reply.body)).toMatchObject({ error: { code: 'CONFIG' } });
    const page = await request(origin, { path: '/' });
    const shown = running.stdout() + running.stderr() + lines.text() + reply.body + page.body;
    expect(shown).not.toMatch(/user-example|PASSWORD-EXAMPLE/);
    expect(running.stderr()).toContain('VOD_ENDPOINT must be');
  });

  it('does not start with half of what the real VOD needs, unless the stand-in is asked for', async () => {
    const env = { HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV', HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV' };
    const { status, stdout, stderr } = await ended(main, [], { PORT: '0', ...env });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('HUAWEICLOUD_SDK_PROJECT_ID, VOD_REGION or VOD_ENDPOINT');
    const running = start(env, ['--stand-in']);
    expect(await running.printed(FIRST_LINE)).toContain(ASSET);
  });
});
