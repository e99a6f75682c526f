import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cancelQueuedTranscode } from '../../../lib/cancel/cancel.ts';
import type { Conclusion } from '../../../lib/cancel/conclusion.ts';
import type { CancelContext } from '../../../lib/cancel/context.ts';
import type { Attempt, KeyedVod } from '../../../lib/cancel/vod-port.ts';
import { deadlineOf } from '../../../lib/limits/deadline.ts';
import { KeyGuard } from '../../../lib/limits/key-guard.ts';
import { Pacer } from '../../../lib/limits/pacer.ts';
import { RetryBudget } from '../../../lib/limits/retry-budget.ts';
import { runs } from '../../helpers/properties.ts';
import { type Answer, type Departure, Oracle } from './limits-oracle.ts';

/** Past any deadline, pause and Retry-After that can occur. */
const HOUR_MS = 3_600_000;

const error = (code: string) => ({ code, message: 'm' });

/** What the code makes of each answer. */
const ATTEMPTS = {
  accepted: { verdict: 'cancelled', keyVerdict: 'accepted' },
  refused: { verdict: 'refused', keyVerdict: 'refused', error: error('APIGW.0301') },
  failed: { verdict: 'vod_internal', error: error('APIGW.0201') },
  lost: { verdict: 'lost', error: error('VOD_TIMEOUT') },
  throttled: { verdict: 'throttled', error: error('APIGW.0308') },
} as const satisfies Record<Answer['kind'], Attempt>;

interface Call extends Departure {
  readonly answer: (answer: Answer) => void;
}

/** One process, whose secret holds one of some keys. All of its time is the fake timers'. */
class Process {
  readonly oracle = new Oracle();
  readonly onTheWire: Call[] = [];
  readonly #limits = { pacer: new Pacer(Date.now), keys: new KeyGuard(Date.now), budget: new RetryBudget() };
  readonly #callsPerMinute: number;
  #secret = 0;
  #cancels = 0;
  underWay = 0;
  /** Rules that were broken: the oracle throws into the code that breaks them. */
  readonly broken: unknown[] = [];

  constructor(callsPerMinute: number) {
    this.#callsPerMinute = callsPerMinute;
  }

  rotate(key: number): void {
    this.#secret = key;
  }

  begin(remainingMs: number): void {
    this.#cancels += 1;
    this.underWay += 1;
    const startedAt = Date.now();
    const context: CancelContext = {
      keyed: this.#keyed(this.#cancels),
      deadline: deadlineOf(remainingMs, 0, () => Date.now() - startedAt),
      attemptTimeoutMs: 150_000,
      maxAttempts: 4,
      callsPerMinute: this.#callsPerMinute,
      limits: this.#limits,
      random: () => 0,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    };
    cancelQueuedTranscode('a', context)
      .then((conclusion) => this.#end(conclusion))
      .catch((broken: unknown) => this.broken.push(broken));
  }

  #end({ reason, attempts, retryAfterMs }: Conclusion): void {
    this.underWay -= 1;
    if (reason === 'key_paused') {
      expect(attempts).toBe(0);
      expect(this.oracle.pauses(Date.now())).toContain(retryAfterMs);
    }
  }

  #keyed(cancel: number): KeyedVod {
    const keyId = `key ${this.#secret}`;
    return {
      keyId,
      vod: {
        cancel: (_assetId, timeoutMs) => this.#call(cancel, keyId, timeoutMs),
        readStatus: async () => undefined,
      },
      renew: async () => this.#keyed(cancel),
    };
  }

  #call(cancel: number, key: string, timeoutMs: number): Promise<Attempt> {
    const departure = this.oracle.depart(cancel, key, Date.now());
    return new Promise((resolve) => {
      const timer = setTimeout(() => answer({ kind: 'lost' }), timeoutMs);
      const answer = (given: Answer): void => {
        clearTimeout(timer);
        this.onTheWire.splice(this.onTheWire.indexOf(call), 1);
        this.oracle.answer(departure, given, Date.now());
        resolve({ ...ATTEMPTS[given.kind], ...('retryAfterMs' in given && { retryAfterMs: given.retryAfterMs }) });
      };
      const call = { ...departure, answer };
      this.onTheWire.push(call);
    });
  }
}

type Step = fc.AsyncCommand<object, Process>;

const step = (name: string, act: (process: Process) => void | Promise<void>, waitMs = 0): Step => ({
  check: () => true,
  run: async (_model, process) => {
    await act(process);
    await vi.advanceTimersByTimeAsync(waitMs);
  },
  toString: () => name,
});

const BEGIN = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(2_000, 40_000, 200_000, 2_000_000))
  .map(([count, ms]) =>
    step(`begin ${count} with ${ms} ms`, (process) => {
      for (let begun = 0; begun < count; begun += 1) process.begin(ms);
    }),
  );

const ANSWER: fc.Arbitrary<Answer> = fc.oneof(
  fc.constantFrom('accepted', 'refused', 'failed', 'lost').map((kind) => ({ kind })),
  fc.constant({ kind: 'throttled' }),
  fc.constantFrom(1_000, 1_500, 70_000, 900_000).map((retryAfterMs) => ({ kind: 'throttled' as const, retryAfterMs })),
);

const ANSWER_ONE = fc
  .tuple(fc.nat(5), ANSWER)
  .map(([index, answer]) =>
    step(`answer ${index} with ${JSON.stringify(answer)}`, ({ onTheWire }) =>
      onTheWire[index % onTheWire.length]?.answer(answer),
    ),
  );

/**
 * Only some of those on the wire: the others come late. Node.js runs the promises of one answer to their end before it
 * reads the next socket, so the code has dealt with an answer before the next one comes, even in the same millisecond.
 */
const ANSWER_SOME = fc
  .tuple(fc.array(ANSWER, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 3 }))
  .map(([answers, among]) =>
    step(`answer one of ${among} with ${JSON.stringify(answers)}`, async ({ onTheWire }) => {
      for (const [i, call] of [...onTheWire].entries()) {
        const answer = answers[i % answers.length];
        if (answer === undefined || i % among !== 0) continue;
        call.answer(answer);
        await vi.advanceTimersByTimeAsync(0);
      }
    }),
  );

const WAIT = fc
  .constantFrom(1, 999, 1_000, 3_000, 10_000, 59_999, 60_000, 60_001, 120_000, 900_000, HOUR_MS)
  .map((ms) => step(`wait ${ms} ms`, () => undefined, ms));

const ROTATE = fc.nat(2).map((key) => step(`rotate to key ${key}`, (process) => process.rotate(key)));

/** Those named more than once come more often. */
const STEPS = [BEGIN, BEGIN, ANSWER_ONE, ANSWER_ONE, ANSWER_SOME, ANSWER_SOME, WAIT, WAIT, WAIT, ROTATE];

/** Calls wait ten seconds for a slot, or not at all. */
const PACE = fc.constantFrom(6, 1_000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

it('calls leave by the rules of keys, pauses and Retry-After, however waiting, refusals, late answers and rotations interleave', async () => {
  let calls = 0;
  await fc.assert(
    fc.asyncProperty(PACE, fc.commands(STEPS, { maxCommands: 60, size: 'max' }), async (pace, commands) => {
      const process = new Process(pace);
      await fc.asyncModelRun(() => ({ model: {}, real: process }), commands);
      // Whatever happened, every cancel comes to an end.
      await vi.advanceTimersByTimeAsync(HOUR_MS);
      for (const rule of process.broken) throw rule;
      expect([process.underWay, process.onTheWire, vi.getTimerCount()]).toEqual([0, [], 0]);
      calls += process.oracle.calls;
    }),
    { numRuns: runs(100) },
  );
  expect(calls).toBeGreaterThan(1_000);
});
