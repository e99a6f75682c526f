import type { AssetStatus, Attempt, VodPort } from '../../lib/cancel/vod-port.ts';
import { ERROR_CODES } from '../../lib/vod/error-codes.ts';
import { MinuteLimit } from '../vod/minute-limit.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What VOD lets a tenant do, and how long it takes. */
export interface VodModelOptions {
  readonly time: VirtualTime;
  readonly random: () => number;
  /** Cancel calls in any 60 s, refused ones counted. */
  readonly callsPerMinute: number;
}

/** A call takes between these, in milliseconds. */
const MIN_LATENCY_MS = 80;
const MAX_LATENCY_MS = 250;

/** The attempts that the transport and the table of codes make of VOD's answers. */
const ANSWERS = {
  cancelled: { verdict: 'cancelled', keyAccepted: true },
  not_queued: {
    verdict: 'not_queued',
    keyAccepted: true,
    error: { code: 'VOD.10083', message: messageOf('VOD.10083') },
  },
  // No Retry-After: VOD documents none.
  throttled: { verdict: 'throttled', error: { code: 'APIGW.0308', message: messageOf('APIGW.0308') } },
} as const satisfies Record<string, Attempt>;

function messageOf(code: string): string {
  return ERROR_CODES[code]?.message ?? code;
}

/** VOD as one tenant's cancels meet it: assets that wait until they are cancelled, and a limit on calls. */
export class VodModel implements VodPort {
  readonly #options: VodModelOptions;
  readonly #limit: MinuteLimit;
  readonly #cancelled = new Set<string>();
  #calls = 0;
  #refused = 0;

  constructor(options: VodModelOptions) {
    this.#options = options;
    this.#limit = new MinuteLimit(options.time, options.callsPerMinute);
  }

  /** Cancel calls so far, refused ones counted. */
  get calls(): number {
    return this.#calls;
  }

  get refused(): number {
    return this.#refused;
  }

  /** Assets whose transcode was cancelled. */
  get cancelled(): number {
    return this.#cancelled.size;
  }

  async cancel(assetId: string): Promise<Attempt> {
    this.#calls += 1;
    const allowed = this.#limit.take();
    await this.#answerTime();
    if (!allowed) {
      this.#refused += 1;
      return ANSWERS.throttled;
    }
    if (this.#cancelled.has(assetId)) return ANSWERS.not_queued;
    this.#cancelled.add(assetId);
    return ANSWERS.cancelled;
  }

  async readStatus(assetId: string): Promise<AssetStatus> {
    await this.#answerTime();
    return { transcodeStatus: this.#cancelled.has(assetId) ? 'UN_TRANSCODE' : 'WAITING_TRANSCODE', uploading: false };
  }

  #answerTime(): Promise<void> {
    const { time, random } = this.#options;
    return time.sleep(MIN_LATENCY_MS + random() * (MAX_LATENCY_MS - MIN_LATENCY_MS));
  }
}
