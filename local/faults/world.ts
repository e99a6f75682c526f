import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { LOOPBACK, listen } from '../listen.ts';
import { redirectTo } from '../vod/faults.ts';
import { startVodStandIn, type VodStandIn } from '../vod/stand-in.ts';
import { KEY } from './leaks.ts';
import type { Setup, TargetName } from './row.ts';

export const ASSET_ID = '850883081a2e7255715ef81ae7c34338';

const PROJECT_ID = '0123456789abcdef0123456789abcdef';

/** Certificates made for tests and worth nothing else. */
const CERTIFICATES = join(import.meta.dirname, '../../test/fixtures/tls');

/** The authority that signed them all but the self-signed one. */
export const CA_FILE = join(CERTIFICATES, 'ca.pem');

/** The discard port: reserved, privileged, and nobody listens there. */
const REFUSING = `http://${LOOPBACK}:9`;

/** The top-level domain that never resolves (RFC 2606 §2). */
const NO_SUCH_NAME = 'https://vod.nowhere.invalid';

/** What a function meets in one row: a VOD of its own, and a host that redirects point to and nobody must call. */
export interface World {
  readonly vod: VodStandIn;
  readonly settings: Readonly<Record<string, string>>;
  /** Connections to the other host. */
  readonly strayConnections: () => number;
  close(): Promise<void>;
}

/** Sets up what goes wrong. */
export async function openWorld(setup: Setup): Promise<World> {
  const { target = 'stand-in', clockAheadMs = 0, redirect } = setup;
  const vod = await startVodStandIn({
    accounts: [{ ...KEY, projectId: PROJECT_ID }],
    clock: { now: () => systemClock.now() + clockAheadMs },
    callsPerMinute: Number.POSITIVE_INFINITY,
    ...(await tlsOf(target)),
  });
  vod.assets.put(ASSET_ID, setup.asset ?? { transcodeStatus: 'WAITING_TRANSCODE' });
  const faults = typeof setup.faults === 'function' ? setup.faults(vod) : (setup.faults ?? []);
  for (const { fault, ...options } of faults) vod.inject(fault, options);
  const elsewhere = await openElsewhere();
  if (redirect !== undefined) vod.inject(redirectTo(redirect, `${elsewhere.origin}/v1.0/`), { times: 10 });
  return {
    vod,
    settings: {
      VOD_ENDPOINT: endpointOf(target, vod),
      HUAWEICLOUD_SDK_AK: KEY.ak,
      HUAWEICLOUD_SDK_SK: KEY.sk,
      HUAWEICLOUD_SDK_SECURITY_TOKEN: KEY.securityToken,
      HUAWEICLOUD_SDK_PROJECT_ID: PROJECT_ID,
      // As talkative as it gets: whatever it can print is looked through for secrets.
      LOG_LEVEL: 'debug',
      ...setup.settings,
    },
    strayConnections: elsewhere.connections,
    close: async () => {
      await Promise.all([vod.close(), elsewhere.close()]);
    },
  };
}

function endpointOf(target: TargetName, vod: VodStandIn): string {
  if (target === 'refused') return REFUSING;
  return target === 'no-such-name' ? NO_SUCH_NAME : vod.origin;
}

async function tlsOf(target: TargetName): Promise<{ tls?: { key: string; cert: string } }> {
  if (!target.startsWith('tls-')) return {};
  const file = join(CERTIFICATES, target.slice('tls-'.length));
  return { tls: { key: await readFile(`${file}.key`, 'utf8'), cert: await readFile(`${file}.pem`, 'utf8') } };
}

/** A host that only counts who comes by. */
async function openElsewhere() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const port = await listen(server, 0);
  return {
    origin: `http://${LOOPBACK}:${port}`,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
