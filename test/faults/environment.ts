import { createServer } from 'node:net';
import { systemClock } from '../../local/clock.ts';
import { LOOPBACK, listen } from '../../local/listen.ts';
import { startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';
import { certificate } from '../fixtures/tls/certificates.ts';
import { ASSET_ID, PROJECT_ID } from '../helpers/contexts.ts';
import { FAULTS, redirectTo } from '../helpers/faults.ts';
import { KEY } from './leaks.ts';
import type { Setup, TargetName } from './matrix/row.ts';

/** The discard port: reserved and privileged, so no server listens on it. */
const REFUSING = `http://${LOOPBACK}:9`;

/** The top-level domain that never resolves (RFC 2606 §2). */
const NO_SUCH_NAME = 'https://vod.nowhere.invalid';

/** The servers that one run of a function can reach: a VOD stand-in, and a host that nothing may call. */
export interface Environment {
  readonly vod: VodStandIn;
  readonly settings: Readonly<Record<string, string>>;
  /** Number of connections to the other host. */
  readonly strayConnections: () => number;
  close(): Promise<void>;
}

/** Starts the servers and injects what goes wrong. */
export async function openEnvironment(setup: Setup): Promise<Environment> {
  const { target = 'stand-in', clockAheadMs = 0, redirect } = setup;
  const vod = await startVodStandIn({
    accounts: [{ ...KEY, projectId: PROJECT_ID }],
    clock: { now: () => systemClock.now() + clockAheadMs },
    callsPerMinute: Number.POSITIVE_INFINITY,
    ...(target.startsWith('tls-') && { tls: certificate(target.slice('tls-'.length)) }),
  });
  vod.assets.put(ASSET_ID, setup.asset ?? { transcodeStatus: 'WAITING_TRANSCODE' });
  const faults = typeof setup.faults === 'function' ? setup.faults(vod) : (setup.faults ?? []);
  for (const { fault, ...options } of faults) vod.inject(typeof fault === 'string' ? FAULTS[fault] : fault, options);
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
      // The lowest level, so that every line is searched for secrets.
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

/** Starts a host that only counts connections. */
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
