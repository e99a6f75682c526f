import { randomBytes } from 'node:crypto';
import type { Verdict, VodPort } from '../../lib/cancel/vod-port.ts';
import { monotonicMs } from '../../lib/time.ts';

/** The most calls that a probe makes. It is some more than VOD's documented limit of 100 a minute. */
export const MAX_CALLS = 130;

/** As much as the functions allow by default. */
const TIMEOUT_MS = 3_000;

const ADMITTED: ReadonlySet<Verdict> = new Set(['not_found', 'not_queued', 'cancelled']);

/** Cancels an asset that does not exist, again and again, and counts what VOD admits. */
export class Caller {
  /** When the calls were made, on the monotonic clock. */
  readonly sentAtMs: number[] = [];
  /** The longest `Retry-After` of a refusal, in milliseconds. */
  retryAfterMs: number | undefined;
  readonly #vod: VodPort;
  readonly #assetId = randomBytes(16).toString('hex');

  constructor(vod: VodPort) {
    this.#vod = vod;
  }

  /**
   * Makes calls without waiting for their answers, until one is refused.
   *
   * @param most - calls, fewer if {@link MAX_CALLS} does not leave as many
   * @param gapMs - from one call to the next
   * @returns how many of them VOD admitted
   * @throws Error when an answer says nothing about the limit
   */
  async burst(most: number, gapMs = 0): Promise<number> {
    const to = Math.min(MAX_CALLS, this.sentAtMs.length + most);
    const answers: Promise<void>[] = [];
    let admitted = 0;
    let refused = false;
    let problem: string | undefined;
    const call = async (): Promise<void> => {
      const { verdict, error, retryAfterMs } = await this.#vod.cancel(this.#assetId, TIMEOUT_MS);
      if (ADMITTED.has(verdict)) admitted += 1;
      else if (verdict === 'throttled') refused = true;
      else problem = error?.code ?? verdict;
      if (retryAfterMs !== undefined) this.retryAfterMs = Math.max(this.retryAfterMs ?? 0, retryAfterMs);
    };
    while (this.sentAtMs.length < to && !refused && problem === undefined) {
      this.sentAtMs.push(monotonicMs());
      answers.push(call());
      if (gapMs > 0) await pause(gapMs);
    }
    await Promise.all(answers);
    if (problem !== undefined) throw new Error(`a call ended with ${problem}, which says nothing about the limit.`);
    return admitted;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
