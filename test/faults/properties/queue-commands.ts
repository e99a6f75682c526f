import type fc from 'fast-check';
import { expect, vi } from 'vitest';
import type { VodStandIn } from '../../../local/vod/stand-in.ts';
import type { FunctionName } from '../../../scripts/functions.ts';
import type { Bundle } from '../../helpers/bundle.ts';
import type { ConsoleLines } from '../../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, settingsFor } from '../../helpers/contexts.ts';
import { FAULTS, type Fault } from '../../helpers/faults.ts';
import { apigEvent } from '../../helpers/http-events.ts';
import { predict, type QueueState, type Read, STATUS_OF, type Step } from './queue-model.ts';

/** How long a transcode waits and runs on VOD's clock, which moves only when a command says so. */
export const SPAN_MS = 1_000;

/** What the test knows of the asset. */
export interface Model {
  state: QueueState;
}

/** What the commands act on. */
export interface Real {
  readonly vod: VodStandIn;
  readonly clock: { move(ms: number): void };
  readonly load: (functionName: FunctionName) => Bundle;
  readonly lines: ConsoleLines;
}

const start = ({ vod, clock }: Real): void => {
  if (vod.assets.get(ASSET_ID)?.transcodeStatus === 'WAITING_TRANSCODE') clock.move(SPAN_MS);
};

/** Queues a transcode of the asset. */
export class QueueCommand implements fc.AsyncCommand<Model, Real> {
  check = ({ state }: Model): boolean => state === 'none' || state === 'done';
  toString = (): string => 'queue';

  async run(model: Model, { vod }: Real): Promise<void> {
    expect(vod.assets.queue(ASSET_ID)).toBe('done');
    model.state = 'waiting';
  }
}

/** Lets the transcode start, or end. */
export class MoveOnCommand implements fc.AsyncCommand<Model, Real> {
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
export class CancelCommand implements fc.AsyncCommand<Model, Real> {
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
