import { afterEach, beforeEach, expect, vi } from 'vitest';
import { BUNDLES } from '../../local/bundles.ts';
import { type Console, openConsole } from '../../local/console/console.ts';
import { type Gateway, startGateway } from '../../local/gateway/server.ts';
import { SEEDED_ACCOUNT, SEEDED_ASSET_ID } from '../../local/seed.ts';
import { openVod, type VodTarget } from '../../local/vod-target.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { type Call, request } from './client.ts';
import { openStream, type StreamClient } from './console-client.ts';

export const CANCEL = `/assets/${SEEDED_ASSET_ID}/transcode-task`;

/** Visibly fake, and what nothing that is sent may hold. */
const SECRETS = [SEEDED_ACCOUNT.ak, SEEDED_ACCOUNT.sk, 'SDK-HMAC-SHA256', 'TOKEN-EXAMPLE-CALLER', 'SK-EXAMPLE-ENV'];

/**
 * A new console over a stand-in of VOD for each test of a file. After each test the streams that it opened are searched
 * for secrets.
 */
export function useConsole() {
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

  /** Puts another console in place of the one there is. */
  async function restartWith(target: VodTarget): Promise<void> {
    page.close();
    await gateway.close(0);
    await startWith(target);
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

  return { start, restartWith, stop, connect, call, post, inject, vod: () => vod, page: () => page };
}
