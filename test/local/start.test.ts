import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { LOOPBACK, listen } from '../../local/listen.ts';
import { request } from './client.ts';
import { type Running, run } from './project.ts';
import { ASSET } from './samples.ts';

const children: Running[] = [];

function start(env: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Running {
  const running = run('start.ts', args, { PORT: '0', ...env });
  children.push(running);
  return running;
}

const firstLine = (running: Running): Promise<string> => running.printed(/^.*(?=\n)/);

const originIn = (line: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';

afterEach(async () => {
  for (const { child } of children) child.kill('SIGKILL');
  await Promise.all(children.splice(0).map(({ exited }) => exited));
});

describe('npm start', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints where it is, cancels the seeded asset, and ends with 0 on %s',
    async (signal) => {
      const running = start();
      const line = await firstLine(running);
      const origin = originIn(line);
      expect(line).toContain(`curl -X DELETE ${origin}/assets/${ASSET}/transcode-task`);

      const reply = await request(origin, { method: 'DELETE', path: `/assets/${ASSET}/transcode-task` });
      expect(reply.status).toBe(200);
      expect(JSON.parse(reply.body)).toMatchObject({ asset_id: ASSET, outcome: 'cancelled', attempts: 1 });
      const foreign = { origin: 'https://evil.example' };
      expect(await request(origin, { path: `/assets/${ASSET}/transcode-task`, headers: foreign })).toMatchObject({
        status: 403,
      });

      running.child.kill(signal);
      // As npm does, which passes on a Ctrl-C that the terminal has already sent to the whole group.
      running.child.kill(signal);
      expect(await running.exited).toBe(0);
      expect(running.stdout() + running.stderr()).not.toContain('SK-EXAMPLE');
    },
  );

  it('says in one line that its port is taken', async () => {
    const other = createServer();
    const port = await listen(other, 0);
    const running = start({ PORT: String(port) });
    expect(await running.exited).toBe(1);
    expect(running.stdout()).toBe('');
    // It may have built the functions before.
    expect(running.stderr().trimEnd().split('\n').at(-1)).toBe(
      `start: Port ${port} is in use; set PORT to another one.`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it('says in one line that its port is none', async () => {
    const running = start({ PORT: 'abc' });
    expect(await running.exited).toBe(1);
    expect(running.stdout()).toBe('');
    expect(running.stderr()).toBe('start: PORT must be a whole number from 0 to 65535.\n');
  });

  it('explains itself', async () => {
    const running = start({}, ['--help']);
    expect(await running.exited).toBe(0);
    expect(running.stdout()).toContain('DELETE /assets/{asset_id}/transcode-task');
  });

  it('takes no arguments', async () => {
    const running = start({}, ['now']);
    expect(await running.exited).toBe(1);
    expect(running.stderr()).toMatch(/^start: .+\n$/);
  });

  it('talks to the VOD of the environment when it has a key and a place, and says so loudly', async () => {
    // Nothing listens there: a call that is made anyway ends at once, and on this machine.
    const running = start({
      HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
      VOD_ENDPOINT: `http://${LOOPBACK}:1`,
    });
    const line = await firstLine(running);
    expect(line).toContain('/assets/ASSET_ID/transcode-task');
    expect(line).not.toContain(ASSET);
    expect(running.stderr()).toContain('REAL VOD');
    const reply = await request(originIn(line), { method: 'DELETE', path: `/assets/${ASSET}/transcode-task` });
    expect(JSON.parse(reply.body)).toMatchObject({ outcome: 'failed', error: { code: 'VOD_UNREACHABLE' } });
    expect(running.stdout() + running.stderr()).not.toMatch(/[AS]K-EXAMPLE/);
  });

  it('stays with its own VOD, and says why, when half of that is missing', async () => {
    const running = start({ HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV', HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV' });
    expect(await firstLine(running)).toContain(ASSET);
    expect(running.stderr()).toContain('Using the embedded VOD');
  });
});
