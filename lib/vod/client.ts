import type { Attempt, CallFacts, VodPort } from '../cancel/vod-port.ts';
import { readAssetStatus } from './asset-status.ts';
import { classifyAnswer } from './classify.ts';
import { classifyLoss } from './loss.ts';
import { cancelRequest, statusRequest, type VodTarget } from './request.ts';
import { type ReceivedAnswer, send, TransportError, type WireRequest } from './transport.ts';

/** Calls VOD with the SDK's requests, our own signature and our own transport. */
export function vodAt(target: VodTarget): VodPort {
  const secrets: readonly string[] = Object.values(target.credentials);
  return {
    async cancel(assetId, timeoutMs, report) {
      const sent = await sendOrLose(cancelRequest(target, assetId), timeoutMs);
      const attempt = classify(sent, secrets);
      report?.(factsOf(attempt, sent));
      return attempt;
    },
    async readStatus(assetId, timeoutMs, report) {
      const sent = await sendOrLose(statusRequest(target, assetId), timeoutMs);
      const status = sent instanceof TransportError ? undefined : readAssetStatus(sent, assetId);
      if (report !== undefined) {
        const facts = factsOf(classify(sent, secrets), sent);
        report(status === undefined ? facts : { ...facts, verdict: 'read', code: undefined });
      }
      return status;
    },
  };
}

/** @returns the answer, or the error if there is none */
async function sendOrLose(request: WireRequest, timeoutMs: number): Promise<ReceivedAnswer | TransportError> {
  try {
    return await send(request, timeoutMs);
  } catch (error) {
    if (error instanceof TransportError) return error;
    throw error;
  }
}

const classify = (sent: ReceivedAnswer | TransportError, secrets: readonly string[]): Attempt =>
  sent instanceof TransportError ? classifyLoss(sent, Date.now()) : classifyAnswer(sent, Date.now(), secrets);

function factsOf({ verdict, error, vodRequestId }: Attempt, sent: ReceivedAnswer | TransportError): CallFacts {
  const status = sent instanceof TransportError ? undefined : sent.status;
  return { verdict, status, code: error?.code, cause: error?.cause, vodRequestId, reused: sent.reused };
}

/** Signs a request that is never sent, because the first signature of a process takes a millisecond longer. */
export function warmUpSigner(): void {
  cancelRequest({ endpoint: 'https://vod.invalid', projectId: 'p', credentials: { ak: 'AK', sk: 'SK' } }, 'a');
}
