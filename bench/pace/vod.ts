import { EventEmitter } from 'node:events';
import { LIMIT_KINDS, type LimitKind, type MinuteLimit } from '../../local/vod/minute-limit.ts';
import type { VirtualClock } from './clock.ts';

/** VOD as one tenant meets it, and the way to it. */
export interface VodOptions {
  readonly kind: LimitKind;
  readonly callsPerMinute: number;
  /** How long a call is on its way, each way, in milliseconds. */
  readonly legMs: readonly [min: number, max: number];
  /** Share of the answers that are lost, and of the calls that VOD carries out and answers with 504. */
  readonly lost?: number;
  readonly failed?: number;
}

/** One cancel call, when it arrived. */
export interface ArrivedCall {
  readonly at: number;
  readonly from: string;
  readonly admitted: boolean;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const THROTTLED: Answer = { status: 429, body: { error_code: 'APIGW.0308', error_msg: '' } };
const NOT_QUEUED: Answer = { status: 403, body: { error_code: 'VOD.10083', error_msg: '' } };
const GATEWAY_TIMEOUT: Answer = { status: 504, body: { error_code: 'APIGW.0201', error_msg: '' } };

/** What takes the place of Node's `request`: a request of a function on its way to VOD, and the answer back. */
export class Vod {
  readonly calls: ArrivedCall[] = [];
  readonly cancelled = new Map<string, number>();
  readonly #clock: VirtualClock;
  readonly #random: () => number;
  readonly #options: VodOptions;
  readonly #limit: MinuteLimit;

  constructor(clock: VirtualClock, random: () => number, options: VodOptions) {
    this.#clock = clock;
    this.#random = random;
    this.#options = options;
    this.#limit = LIMIT_KINDS[options.kind](clock, options.callsPerMinute);
  }

  /** @param from - who calls */
  request(from: string, { path }: { readonly path: string }): EventEmitter {
    const outgoing = Object.assign(new EventEmitter(), {
      reusedSocket: true,
      destroy: () => outgoing,
      setHeader: () => outgoing,
      end: () => {
        process.nextTick(() => outgoing.emit('socket', new EventEmitter()));
        void this.#exchange(from, path, outgoing);
        return outgoing;
      },
    });
    return outgoing;
  }

  async #exchange(from: string, path: string, outgoing: EventEmitter): Promise<void> {
    const { lost = 0 } = this.#options;
    await this.#leg();
    const answer = path.includes('/asset/list') ? this.#status(path) : this.arrive(from, assetIdOf(path));
    await this.#leg();
    if (this.#random() < lost) outgoing.emit('error', new Error('read ECONNRESET'));
    else outgoing.emit('response', incomingOf(answer));
  }

  /** A cancel call of anybody arrives. */
  arrive(from: string, assetId: string | undefined): Answer {
    const admitted = this.#limit.take();
    this.calls.push({ at: this.#clock.elapsed, from, admitted });
    if (!admitted) return THROTTLED;
    if (assetId === undefined) return NOT_QUEUED;
    const wasQueued = !this.cancelled.has(assetId);
    if (wasQueued) this.cancelled.set(assetId, this.#clock.elapsed);
    if (this.#random() < (this.#options.failed ?? 0)) return GATEWAY_TIMEOUT;
    return wasQueued ? { status: 204 } : NOT_QUEUED;
  }

  #status(path: string): Answer {
    const assetId = assetIdOf(path);
    const transcode_status = this.cancelled.has(assetId ?? '') ? 'UN_TRANSCODE' : 'WAITING_TRANSCODE';
    return { status: 200, body: { total: 1, assets: [{ asset_id: assetId, status: 'CREATED', transcode_status }] } };
  }

  #leg(): Promise<void> {
    const [min, max] = this.#options.legMs;
    return this.#clock.sleep(min + this.#random() * (max - min));
  }
}

const assetIdOf = (path: string): string | undefined => /[?&]asset_id=([0-9a-f]{32})/.exec(path)?.[1];

function incomingOf({ status, body }: Answer): EventEmitter {
  const incoming = Object.assign(new EventEmitter(), {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'x-request-id': 'simulated' },
    complete: true,
    resume: () => incoming,
  });
  process.nextTick(() => {
    if (body !== undefined) incoming.emit('data', Buffer.from(JSON.stringify(body)));
    incoming.emit('end');
    incoming.emit('close');
  });
  return incoming;
}
