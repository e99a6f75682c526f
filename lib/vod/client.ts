import type { VodPort } from '../cancel/vod-port.ts';
import { readAssetStatus } from './asset-status.ts';
import { classifyAnswer } from './classify.ts';
import { classifyLoss } from './loss.ts';
import { cancelRequest, statusRequest, type VodTarget } from './request.ts';
import { send, TransportError } from './transport.ts';

/** Calls VOD: the SDK's requests, signed as the SDK signs, sent by our transport. */
export function vodAt(target: VodTarget): VodPort {
  const { ak, sk, securityToken } = target.credentials;
  const secrets = [ak, sk, ...(securityToken === undefined ? [] : [securityToken])];
  return {
    async cancel(assetId, timeoutMs) {
      const request = cancelRequest(target, assetId);
      try {
        return classifyAnswer(await send(request, timeoutMs), Date.now(), secrets);
      } catch (error) {
        return classifyLoss(error);
      }
    },
    async readStatus(assetId, timeoutMs) {
      const request = statusRequest(target, assetId);
      try {
        return readAssetStatus(await send(request, timeoutMs), assetId);
      } catch (error) {
        if (error instanceof TransportError) return undefined;
        throw error;
      }
    },
  };
}

/** Signs a request that is never sent: the first signature of a process takes a millisecond more than the next. */
export function warmUpSigner(): void {
  cancelRequest({ endpoint: 'https://vod.invalid', projectId: 'p', credentials: { ak: 'AK', sk: 'SK' } }, 'a');
}
