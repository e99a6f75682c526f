/**
 * The constants of the Smithy retry specification of 2026. A new process can afford 35 retries, so 100 cancels in a row
 * that all fail make 135 calls and not 300.
 */
const CAPACITY = 500;
const COST = { fault: 14, throttling: 5 } as const;
const REFUND_WITHOUT_RETRY = 1;

/** Why a call is retried. A throttled call costs the service less than a failed one. */
export type RetryCause = keyof typeof COST;

/**
 * Limits the retries of a process during an outage: retries take tokens from a bucket, and successes refill it. All
 * invocations share it, because they share the service that they would overload.
 */
export class RetryBudget {
  #tokens: number;

  constructor(tokens: number = CAPACITY) {
    this.#tokens = tokens;
  }

  get tokens(): number {
    return this.#tokens;
  }

  /** Pays for a retry. @returns the cost; undefined if the budget does not have enough tokens */
  pay(cause: RetryCause): number | undefined {
    const cost = COST[cause];
    if (cost > this.#tokens) return undefined;
    this.#tokens -= cost;
    return cost;
  }

  /** Gives back the cost of a retry, or adds one token if there was none. */
  refund(paid: number | undefined): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + (paid ?? REFUND_WITHOUT_RETRY));
  }
}
