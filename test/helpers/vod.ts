import { afterAll, beforeEach } from 'vitest';
import { startVodStandIn, type VodStandIn, type VodStandInOptions } from '../../local/vod/stand-in.ts';
import { KEY, PROJECT_ID } from './contexts.ts';

/** The key of the tests, and the same as a temporary key. */
const ACCOUNTS = [
  { ak: KEY.ak, sk: KEY.sk, projectId: PROJECT_ID },
  { ...KEY, ak: `${KEY.ak}-STS`, projectId: PROJECT_ID },
];

/**
 * Starts a stand-in for a test file, without a limit of calls, and closes it after the last test. Each test begins
 * without faults and without recorded calls.
 */
export async function startVod(options: Partial<VodStandInOptions> = {}): Promise<VodStandIn> {
  const vod = await startVodStandIn({ accounts: ACCOUNTS, callsPerMinute: Number.POSITIVE_INFINITY, ...options });
  beforeEach(() => {
    vod.clearFaults();
    vod.resetCalls();
  });
  afterAll(() => vod.close());
  return vod;
}
