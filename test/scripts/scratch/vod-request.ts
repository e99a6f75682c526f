import { cancelRequest, statusRequest } from '../../../lib/vod/request.ts';
import type { WireRequest } from '../../../lib/vod/transport.ts';

/** One call of VOD. */
export interface Call {
  readonly method: 'cancel' | 'list';
  readonly endpoint: string;
  readonly ak: string;
  readonly sk: string;
  readonly token?: string | undefined;
  readonly projectId: string;
  readonly assetId: string;
}

/** Entry point of the bundles that are tested here: gives a request as the functions send it. */
export async function handler({ method, endpoint, ak, sk, token, projectId, assetId }: Call): Promise<WireRequest> {
  const credentials = { ak, sk, ...(token !== undefined && { securityToken: token }) };
  const request = method === 'cancel' ? cancelRequest : statusRequest;
  return request({ endpoint, projectId, credentials }, assetId);
}
