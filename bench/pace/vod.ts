import { EventEmitter } from 'node:events';
import { LIMIT_KINDS, type LimitKind, type MinuteLimit } from '../../local/vod/minute-limit.ts';
import type { VirtualClock } from './clock.ts';

/** VOD's limit for a tenant, in cancels a minute. */
export const LIMIT = 100;

/** VOD as one tenant meets it, and the way to it. */
export interface VodOptions {
  readonly kind: LimitKind;
  /** How long a call is on its way, each way, in milliseconds. */
  readonly legMs: readonly [min: number, max: number];
  /** Share of the answers that are lost, and of the calls that VOD carries out and answers with 504. */
  readonly lost: number;
  readonly failed: number;
}

/** One cancel call, when it arrived. */
interface ArrivedCall {
  readonly at: number;
  readonly from: string;
  readonly admitted: boolean;
}

type Answer = readonly [status: number, body?: unknown];

/** Takes the place of Node's `request`: a request of a function on its way to VOD, and the answer back. */
export class Vod {
  readonly calls: ArrivedCall[] = [];
  /** When each asset was cancelled, in milliseconds since the beginning. */
  readonly cancelled = new Map<string, number>();
  readonly #clock: VirtualClock;
  readonly #random: () => number;
  readonly #options: VodOptions;
  readonly #limit: MinuteLimit;

  constructor(clock: VirtualClock, random: () => number, options: VodOptions) {
    this.#clock = clock;
    this.#random = random;
    this.#options = options;
    this.#limit = LIMIT_KINDS[options.kind](clock, LIMIT);
  }

  /** @param from - who calls */
  request(from: string, path: string): EventEmitter {
    const outgoing = Object.assign(new EventEmitter(), {
      reusedSocket: true,
      destroy: () => outgoing,
      setHeader: () => outgoing,
      end: () => void this.#exchange(from, path, outgoing),
    });
    process.nextTick(() => outgoing.emit('socket', new EventEmitter()));
    return outgoing;
  }

  async #exchange(from: string, path: string, outgoing: EventEmitter): Promise<void> {
    const [min, max] = this.#options.legMs;
    const leg = () => this.#clock.sleep(min + this.#random() * (max - min));
    const assetId = /[?&]asset_id=([0-9a-f]{32})/.exec(path)?.[1];
    await leg();
    const answer = path.includes('/asset/list') ? this.#status(assetId) : this.arrive(from, assetId);
    await leg();
    if (this.#random() < this.#options.lost) outgoing.emit('error', new Error('read ECONNRESET'));
    else outgoing.emit('response', incomingOf(answer));
  }

  /** A cancel of anybody arrives. */
  arrive(from: string, assetId: string | undefined): Answer {
    const admitted = this.#limit();
    const at = this.#clock.elapsed;
    this.calls.push({ at, from, admitted });
    if (!admitted) return [429, { error_code: 'APIGW.0308' }];
    if (assetId === undefined || this.cancelled.has(assetId)) return [403, { error_code: 'VOD.10083' }];
    this.cancelled.set(assetId, at);
    return this.#random() < this.#options.failed ? [504, { error_code: 'APIGW.0201' }] : [204];
  }

  #status(assetId = ''): Answer {
    const transcode_status = this.cancelled.has(assetId) ? 'UN_TRANSCODE' : 'WAITING_TRANSCODE';
    return [200, { total: 1, assets: [{ asset_id: assetId, status: 'CREATED', transcode_status }] }];
  }
}

function incomingOf([statusCode, body]: Answer): EventEmitter {
  const headers = { 'content-type': 'application/json', 'x-request-id': 'simulated' };
  const incoming = Object.assign(new EventEmitter(), { statusCode, headers, complete: true, resume: () => incoming });
  process.nextTick(() => {
    if (body !== undefined) incoming.emit('data', Buffer.from(JSON.stringify(body)));
    incoming.emit('end');
    incoming.emit('close');
  });
  return incoming;
}
