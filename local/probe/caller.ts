import { randomBytes } from 'node:crypto';
import type { Verdict, VodPort } from '../../lib/cancel/vod-port.ts';
import { monotonicMs } from '../../lib/time.ts';

/** The most calls that a probe makes. It is some more than VOD's documented limit of 100 a minute. */
export const MAX_CALLS = 130;

/** As much as the functions allow by default. */
const TIMEOUT_MS = 3_000;

const ADMITTED: ReadonlySet<Verdict> = new Set(['not_found', 'not_queued', 'cancelled']);

/** `admitted` is absent until the answer is there. */
interface Call {
  readonly sentAtMs: number;
  admitted?: boolean;
}

/** Cancels an asset that does not exist, again and again, and counts what VOD admits. */
export class Caller {
  readonly calls: Call[] = [];
  /** The longest `Retry-After` of a refusal, in milliseconds. */
  retryAfterMs: number | undefined;
  readonly #vod: VodPort;
  readonly #assetId = randomBytes(16).toString('hex');
  #problem: string | undefined;

  constructor(vod: VodPort) {
    this.#vod = vod;
  }

  /**
   * Makes calls without waiting for their answers, until one is refused.
   *
   * @param most - calls, fewer if {@link MAX_CALLS} does not leave as many
   * @param gapMs - from one call to the next
   * @returns the calls, all of them answered
   * @throws Error when an answer says nothing about the limit
   */
  async burst(most: number, gapMs: number): Promise<readonly Call[]> {
    const from = this.calls.length;
    const to = Math.min(MAX_CALLS, from + most);
    const answers: Promise<void>[] = [];
    const isOver = (): boolean =>
      this.#problem !== undefined || this.calls.slice(from).some(({ admitted }) => admitted === false);
    while (this.calls.length < to && !isOver()) {
      answers.push(this.#call());
      if (gapMs > 0) await pause(gapMs);
    }
    await Promise.all(answers);
    if (this.#problem !== undefined) {
      throw new Error(`a call ended with ${this.#problem}, which says nothing about the limit.`);
    }
    return this.calls.slice(from);
  }

  async #call(): Promise<void> {
    const call: Call = { sentAtMs: monotonicMs() };
    this.calls.push(call);
    const { verdict, error, retryAfterMs } = await this.#vod.cancel(this.#assetId, TIMEOUT_MS);
    call.admitted = ADMITTED.has(verdict);
    if (!call.admitted && verdict !== 'throttled') this.#problem = error?.code ?? verdict;
    if (retryAfterMs !== undefined) this.retryAfterMs = Math.max(this.retryAfterMs ?? 0, retryAfterMs);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const admittedOf = (calls: readonly Call[]): number => calls.filter(({ admitted }) => admitted).length;
