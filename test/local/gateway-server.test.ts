import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { GatewayHooks } from '../../local/gateway/server.ts';
import { does, ECHO, ROUTE, useGateways } from './gateway-server.ts';
import { ASSET } from './samples.ts';

const { start, gateways } = useGateways();

describe('the gateway', () => {
  it.each(['/', '/assets', `/assets/${ASSET}`, `${ROUTE}/`, '/events/', '*'])('has nothing at %s', async (path) => {
    const reply = await (await start(ECHO))({ path: path === '*' ? '/*' : path });
    expect(reply).toMatchObject({ status: 404, headers: { 'content-type': 'application/problem+json' } });
  });

  it('refuses a body over 4 MiB', async () => {
    const call = await start(ECHO);
    const body = Buffer.alloc(4 * 1024 * 1024 + 1);
    expect(await call({ method: 'POST', body })).toMatchObject({ status: 413, json: { status: 413 } });
  });

  it.each([{ host: 'evil.example' }, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])(
    'refuses %j before the function hears of it',
    async (headers) => {
      const called = does(`throw new Error('called');`);
      const call = await start(called, called);
      expect(await call({ headers })).toMatchObject({ status: 403 });
      expect(await call({ method: 'POST', path: '/events', body: '{}', headers })).toMatchObject({ status: 403 });
    },
  );

  it('does not blame the function for a fault of its own, and keeps the fault to itself', async () => {
    const route = () => {
      throw new Error('secret');
    };
    const call = await start(ECHO, ECHO, { hooks: { wrap: (_name, invoke) => invoke, route } });
    const reply = await call({});
    expect(reply).toMatchObject({ status: 500, json: { detail: 'The gateway could not send the answer.' } });
    expect(reply.body).not.toContain('secret');
  });

  it.each([
    ["new Error('broken')", 'Error: broken'],
    ['', 'undefined'],
  ])('does not start with a function whose initializer calls back (%s)', async (argument, reason) => {
    const source = `${ECHO} exports.initializer = (context, callback) => callback(${argument});`;
    await expect(start(source)).rejects.toThrow(`http.cjs failed: ${reason}`);
  });

  it('goes on after an answer has broken off', async () => {
    const rejected = vi.fn();
    process.on('unhandledRejection', rejected);
    onTestFinished(() => void process.off('unhandledRejection', rejected));
    const body = new PassThrough();
    body.write('begun');
    const answers = [{ status: 200, headers: { 'content-type': 'text/plain' }, body }];
    const hooks: GatewayHooks = { wrap: (_name, invoke) => invoke, route: () => answers.pop() };
    const call = await start(ECHO, ECHO, { hooks });
    const reply = expect(call({})).rejects.toThrow('aborted');
    await expect.poll(() => body.readableLength).toBe(0);
    body.destroy(new Error('broken off'));
    await reply;
    expect(await call({})).toMatchObject({ status: 200 });
    expect(rejected).not.toHaveBeenCalled();
  });

  it('lets requests under way finish when it closes', async () => {
    const call = await start(`
      exports.handler = async (event, context) => {
        globalThis.gatewayTestCalled = true;
        await new Promise((resolve) => { globalThis.gatewayTestRelease = resolve; });
        return { statusCode: 200, headers: {}, body: '"done"', isBase64Encoded: false };
      };`);
    const reply = call({});
    const shared = globalThis as { gatewayTestRelease?: () => void };
    await expect.poll(() => shared.gatewayTestRelease).toBeTypeOf('function');
    const closed = gateways[0]?.close(10_000);
    shared.gatewayTestRelease?.();
    expect(await reply).toMatchObject({ status: 200, json: 'done' });
    await closed;
  });

  it('cuts them when they take too long', async () => {
    const hangs = does('globalThis.gatewayTestHangs = true; await new Promise(() => undefined);');
    const call = await start(hangs, undefined, { timeoutMs: 60_000 });
    const reply = expect(call({})).rejects.toThrow('socket hang up');
    await expect.poll(() => globalThis).toHaveProperty('gatewayTestHangs', true);
    await gateways[0]?.close(0);
    await reply;
  });
});
