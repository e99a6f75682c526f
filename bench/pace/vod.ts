import type { EventEmitter } from 'node:events';
import { LIMIT_KINDS, type LimitKind } from '../../local/vod/minute-limit.ts';
import { type Answer, requestAnsweredBy } from '../exchange.ts';
import type { VirtualClock } from './clock.ts';

/** VOD's limit for a tenant, in cancels a minute. */
export const LIMIT = 100;

/** VOD for one tenant, and the network to it. */
export interface VodOptions {
  readonly kind: LimitKind;
  /** How long the network takes in each direction, in milliseconds. */
  readonly oneWayMs: readonly [min: number, max: number];
  /** Share of the answers that are lost, and of the calls that VOD carries out and answers with 504. */
  readonly lost: number;
  readonly failed: number;
}

/** One cancel call, when it arrived. */
export interface ArrivedCall {
  readonly at: number;
  readonly from: string;
  readonly admitted: boolean;
}

export type Vod = ReturnType<typeof createVod>;

/** Creates a VOD and the network to it. */
export function createVod(clock: VirtualClock, random: () => number, { kind, oneWayMs, lost, failed }: VodOptions) {
  const calls: ArrivedCall[] = [];
  /** When each asset was cancelled, in milliseconds since the beginning. */
  const cancelled = new Map<string, number>();
  const limit = LIMIT_KINDS[kind](clock, LIMIT);
  const delay = (): Promise<void> => clock.sleep(oneWayMs[0] + random() * (oneWayMs[1] - oneWayMs[0]));

  /** Answers a cancel of any caller, and records it. */
  function arrive(from: string, assetId: string | undefined): Answer {
    const admitted = limit();
    const at = clock.elapsed;
    calls.push({ at, from, admitted });
    if (!admitted) return [429, { error_code: 'APIGW.0308' }];
    if (assetId === undefined || cancelled.has(assetId)) return [403, { error_code: 'VOD.10083' }];
    cancelled.set(assetId, at);
    return random() < failed ? [504, { error_code: 'APIGW.0201' }] : [204];
  }

  function statusOf(assetId = ''): Answer {
    const transcode_status = cancelled.has(assetId) ? 'UN_TRANSCODE' : 'WAITING_TRANSCODE';
    return [200, { total: 1, assets: [{ asset_id: assetId, asset_status: 'CREATED', transcode_status }] }];
  }

  /** Takes the place of Node's `request`. @param from - who calls */
  function request(from: string, path: string): EventEmitter {
    return requestAnsweredBy(async () => {
      const assetId = /[?&]asset_id=([0-9a-f]{32})/.exec(path)?.[1];
      await delay();
      const answer = path.includes('/asset/list') ? statusOf(assetId) : arrive(from, assetId);
      await delay();
      if (random() < lost) throw new Error('read ECONNRESET');
      return answer;
    });
  }

  return { calls, cancelled, arrive, request };
}
