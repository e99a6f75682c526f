/**
 * The constants of the Smithy retry specification of 2026: a fresh process can afford 35 retries, so that 100 cancels
 * in a row that all fail make 135 calls and not 300.
 */
const CAPACITY = 500;
const COST = { fault: 14, throttling: 5 } as const;
const REFUND_WITHOUT_RETRY = 1;

/** What a retry is for; a throttled call costs the service less than a failed one. */
export type RetryCause = keyof typeof COST;

/**
 * Keeps an outage from being multiplied: a bucket of tokens per process that retries are paid from and successes
 * refill. Shared by all invocations, as they share what they would overload.
 */
export class RetryBudget {
  #tokens: number;

  constructor(tokens: number = CAPACITY) {
    this.#tokens = tokens;
  }

  get tokens(): number {
    return this.#tokens;
  }

  /** Pays for a retry. @returns what it cost, undefined where the budget does not hold as much */
  pay(cause: RetryCause): number | undefined {
    const cost = COST[cause];
    if (cost > this.#tokens) return undefined;
    this.#tokens -= cost;
    return cost;
  }

  /** A call succeeded: what its last retry cost comes back, or a token where it took none. */
  refund(paid: number | undefined): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + (paid ?? REFUND_WITHOUT_RETRY));
  }
}
