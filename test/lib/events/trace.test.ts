import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../lib/events/read-event.ts';
import { WRAPPINGS } from '../../helpers/wrappings.ts';
import { A, B, C, RULES } from './reading.ts';

const { cloudevents } = WRAPPINGS;

describe('the trace of CloudEvents', () => {
  const [FIRST, SECOND] = ['1', '2'].map((digit) => digit.repeat(32));
  const traced = (message: string, traceId: unknown) => ({
    ...cloudevents.wrap(message),
    traceparent: typeof traceId === 'string' ? `00-${traceId}-${'0'.repeat(15)}1-01` : traceId,
  });
  const tracesOf = (event: unknown) => {
    const { messages, traceId } = readEvent(event, RULES);
    return { of: traceId, items: messages.flatMap(({ items }) => items.map((item) => item.traceId)) };
  };

  it('is kept, the outermost of nested ones', () => {
    expect(tracesOf(traced(A, FIRST))).toEqual({ of: FIRST, items: [FIRST] });
    expect(tracesOf(traced(JSON.stringify(traced(A, SECOND)), FIRST))).toEqual({ of: FIRST, items: [FIRST] });
    expect(tracesOf(traced(A, 7))).toEqual({ of: undefined, items: [undefined] });
  });

  it('is kept for each message of a batch', () => {
    const [one, two, four] = [traced(A, FIRST), traced(B, SECOND), traced(C, FIRST)].map((event) =>
      JSON.stringify(event),
    );
    expect(tracesOf({ trigger_type: 'KAFKA', messages: [one, two, A, four] })).toEqual({
      of: undefined,
      items: [FIRST, SECOND, undefined, FIRST],
    });
  });

  it('is kept where the event is ignored', () => {
    expect(tracesOf({ ...traced(A, FIRST), type: 'other' })).toEqual({ of: FIRST, items: [FIRST] });
    const inner = JSON.stringify(traced(A, FIRST));
    expect(tracesOf(WRAPPINGS.eventbridge.wrap(inner, 'other'))).toEqual({ of: FIRST, items: [FIRST] });
  });
});
