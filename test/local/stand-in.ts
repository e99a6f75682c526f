import { afterEach } from 'vitest';
import { startVodStandIn, type VodStandIn, type VodStandInOptions } from '../../local/vod/stand-in.ts';
import { cancelPath, type Reply, signedRequest } from './client.ts';
import { ACCOUNT, ASSET, TEMPORARY } from './samples.ts';

/** Starts stand-ins of VOD for the tests of a file. They are closed after each test. */
export function useStandIns() {
  const open: VodStandIn[] = [];

  afterEach(async () => {
    await Promise.all(open.splice(0).map((standIn) => standIn.close()));
  });

  return async (options: Partial<VodStandInOptions> = {}): Promise<VodStandIn> => {
    const standIn = await startVodStandIn({ accounts: [ACCOUNT, TEMPORARY], ...options });
    open.push(standIn);
    return standIn;
  };
}

export const cancel = (standIn: VodStandIn, assetId: string = ASSET): Promise<Reply> =>
  signedRequest(standIn.origin, ACCOUNT, { method: 'DELETE', path: cancelPath(ACCOUNT.projectId, assetId) });

/** The status of an answer and the members of its body. */
export const errorOf = ({ status, body }: Reply) => ({ status, ...JSON.parse(body) });
