import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { startVodStandIn, type VodStandIn } from '../../../local/vod/stand-in.ts';
import { type Bundle, freshBundle } from '../../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, KEY, PROJECT_ID, settingsFor } from '../../helpers/contexts.ts';
import { FAULTS, type Fault } from '../../helpers/faults.ts';
import { apigEvent } from '../../helpers/http-events.ts';
import { runs } from '../../helpers/properties.ts';
import { useVirtualTime } from '../../helpers/virtual-time.ts';
import { FUNCTION_NAMES, type FunctionName } from '../invoke.ts';
import { predict, type QueueState, type Read, STATUS_OF, type Step } from './queue-model.ts';

useVirtualTime();

afterEach(() => {
  vi.restoreAllMocks();
});

/** How long a transcode waits and runs on VOD's clock, which moves only when a command says so. */
const SPAN_MS = 1_000;

interface Model {
  state: QueueState;
}

interface Real {
  readonly vod: VodStandIn;
  readonly clock: { move(ms: number): void };
  readonly load: (functionName: FunctionName) => Bundle;
  readonly lines: ConsoleLines;
}

const start = ({ vod, clock }: Real): void => {
  if (vod.assets.get(ASSET_ID)?.transcodeStatus === 'WAITING_TRANSCODE') clock.move(SPAN_MS);
};

class QueueCommand implements fc.AsyncCommand<Model, Real> {
  check = ({ state }: Model): boolean => state === 'none' || state === 'done';
  toString = (): string => 'queue';

  async run(model: Model, { vod }: Real): Promise<void> {
    expect(vod.assets.queue(ASSET_ID)).toBe('done');
    model.state = 'waiting';
  }
}

class MoveOnCommand implements fc.AsyncCommand<Model, Real> {
  check = ({ state }: Model): boolean => state === 'waiting' || state === 'running';
  toString = (): string => 'move on';

  async run(model: Model, { clock, vod }: Real): Promise<void> {
    clock.move(SPAN_MS);
    model.state = model.state === 'waiting' ? 'running' : 'done';
    expect(vod.assets.get(ASSET_ID)?.transcodeStatus).toBe(STATUS_OF[model.state]);
  }
}

const CALLS = {
  answered: async (exchange) => exchange.send(await exchange.proceed()),
  lost: FAULTS['reset-before-read'],
  lost_done: FAULTS['applied-reset'],
  failed: FAULTS['error-504'],
  failed_done: FAULTS['applied-504'],
} as const satisfies Record<Step['call'], Fault>;

/** A cancel, raced by the queue: its task may start before any of the calls and before the status read. */
class CancelCommand implements fc.AsyncCommand<Model, Real> {
  readonly functionName: FunctionName;
  readonly steps: readonly Step[];
  readonly read: Read;

  constructor(functionName: FunctionName, steps: readonly Step[], read: Read) {
    this.functionName = functionName;
    this.steps = steps;
    this.read = read;
  }

  check = (): boolean => true;
  toString = (): string => `${this.functionName} ${JSON.stringify({ steps: this.steps, read: this.read })}`;

  async run(model: Model, real: Real): Promise<void> {
    const { vod } = real;
    this.#line(real);
    const before = vod.calls.length;
    const result = await invoke(this.functionName, real);
    const expected = predict(model.state, this.steps, this.read);
    const calls = vod.calls.slice(before);
    expect({
      outcome: result['outcome'],
      retryable: result['retryable'],
      code: (result['error'] as { code: string } | undefined)?.code,
      attempts: result['attempts'],
      transcodeStatus: result['transcode_status'],
      inferred: result['inferred'],
      cancels: calls.filter(({ operation }) => operation === 'cancel').length,
      reads: calls.filter(({ operation }) => operation === 'list').length,
      asset: vod.assets.get(ASSET_ID)?.transcodeStatus,
    }).toEqual({
      outcome: expected.outcome,
      retryable: expected.retryable,
      code: expected.code,
      attempts: expected.attempts,
      transcodeStatus: expected.transcodeStatus,
      inferred: expected.inferred,
      cancels: expected.attempts,
      reads: expected.reads,
      asset: STATUS_OF[expected.state],
    });
    model.state = expected.state;
  }

  /** Lines up what the calls meet; what an earlier cancel did not need is gone. */
  #line(real: Real): void {
    const { vod } = real;
    const raced =
      (startsBefore: boolean, then: Fault): Fault =>
      (exchange) => {
        if (startsBefore) start(real);
        return then(exchange);
      };
    vod.clearFaults();
    for (const { startsBefore, call } of this.steps) vod.inject(raced(startsBefore, CALLS[call]));
    const { startsBefore, forbidden } = this.read;
    vod.inject(raced(startsBefore, forbidden ? FAULTS['list-forbidden'] : CALLS.answered), { on: 'list' });
  }
}

/** @returns the result, from its log line */
async function invoke(functionName: FunctionName, { vod, load, lines }: Real): Promise<Record<string, unknown>> {
  const settings = settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '1000000', VOD_ATTEMPT_TIMEOUT_MS: '20000' });
  const event = functionName === 'cancel-http' ? apigEvent() : { asset_id: ASSET_ID };
  const context = functionGraphContext({ settings, remainingMs: 60_000 });
  // Ends the connections of earlier cancels: a loss on a used one means something else, and the fault matrix has it.
  vi.advanceTimersByTime(5_000);
  const thrown = await load(functionName)
    .handler(event, context)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  const result = lines.records().at(-1) ?? {};
  const isOpen = result['outcome'] === 'failed' || result['outcome'] === 'unknown';
  expect(thrown !== undefined).toBe(functionName === 'cancel-superseded' && isOpen);
  return result;
}

/** So many cancels with two retries each, and one more would find the retry budget of its process used up. */
const CANCELS_OF_A_PROCESS = 17;

/** Gives the same process over and over, and a new one before the retry budget, which has tests of its own, has a say. */
function loader(): Real['load'] {
  const loaded = new Map<FunctionName, { readonly bundle: Bundle; uses: number }>();
  return (functionName) => {
    const known = loaded.get(functionName);
    const current = known && known.uses < CANCELS_OF_A_PROCESS ? known : { bundle: freshBundle(functionName), uses: 0 };
    current.uses += 1;
    loaded.set(functionName, current);
    return current.bundle;
  };
}

async function withReal(run: (real: Real) => Promise<void>): Promise<void> {
  let now = Date.now();
  const clock = {
    now: () => now,
    move: (ms: number) => {
      now += ms;
    },
  };
  const vod = await startVodStandIn({
    accounts: [{ ak: KEY.ak, sk: KEY.sk, projectId: PROJECT_ID }],
    callsPerMinute: Number.POSITIVE_INFINITY,
    clock,
  });
  vod.assets.put(ASSET_ID, { transcodeStatus: 'UN_TRANSCODE', waitMs: SPAN_MS, transcodeMs: SPAN_MS });
  const lines = captureConsole();
  // No backoff: the queue is raced on its own clock, so nothing is learnt by waiting on ours.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  try {
    await run({ vod, clock, load: loader(), lines });
  } finally {
    vi.restoreAllMocks();
    await vod.close();
  }
}

/** Now and then: what happens too often hides what it happens to. */
const rarely = fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, fc.constant(true));

const step: fc.Arbitrary<Step> = fc.record({
  startsBefore: rarely,
  call: fc.constantFrom('answered', 'lost', 'lost', 'lost_done', 'failed', 'failed_done'),
});

const read: fc.Arbitrary<Read> = fc.record({ startsBefore: rarely, forbidden: rarely });

/** Steps after which a cancel goes on are the interesting ones: only three of them use up its attempts. */
const doubt = step.filter(({ call }) => call !== 'answered');

const steps = fc.oneof(
  fc.array(step, { maxLength: 3 }),
  fc.array(doubt, { minLength: 1, maxLength: 3 }),
  fc.array(doubt, { minLength: 3, maxLength: 3 }),
);

const cancel = fc
  .tuple(fc.constantFrom(...FUNCTION_NAMES), steps, read)
  .map(([functionName, met, one]) => new CancelCommand(functionName, met, one));

const queue = fc.constant(new QueueCommand());

// Without something in the queue there is little to race.
const commands = fc.commands([queue, cancel, queue, cancel, fc.constant(new MoveOnCommand())], {
  maxCommands: 60,
  size: 'max',
});

it('a queue that waits, starts and finishes, raced with cancels: each outcome says what really happened', async () => {
  await fc.assert(
    fc.asyncProperty(commands, (given) =>
      withReal(async (real) => {
        const initial: Model = { state: 'none' };
        await fc.asyncModelRun(() => ({ model: initial, real }), given);
      }),
    ),
    { numRuns: runs(20) },
  );
});
