import { describe, expect, it } from 'vitest';
import type { Conclusion } from '../../../lib/cancel/conclusion.ts';
import { REASONS, type Reason } from '../../../lib/cancel/reasons.ts';
import { DecidedIds } from '../../../lib/events/decided.ts';
import { type Message, readEvent } from '../../../lib/events/read-event.ts';
import { WRAPPINGS } from '../../helpers/wrappings.ts';
import { A, B, idsUpTo, RULES } from './reading.ts';

const MINUTE_MS = 60_000;

const conclusionsOf = (ids: readonly string[], reason: Reason = 'cancelled'): ReadonlyMap<string, Conclusion> =>
  new Map(ids.map((id) => [id, { reason, attempts: 2, waitedMs: 7, vodRequestId: 'r' }]));

const message = (identity: string | undefined, ...ids: readonly string[]): Message => ({
  ...(identity !== undefined && { identity }),
  items: ids.map((assetId) => ({ kind: 'cancel', assetId })),
});

function remembered(): { ids: DecidedIds; pass: (ms: number) => void; kindsOf: (one: Message) => readonly string[] } {
  let now = 0;
  const ids = new DecidedIds(() => now);
  return {
    ids,
    pass: (ms) => {
      now += ms;
    },
    kindsOf: (one) => ids.recall([one]).flatMap(({ items }) => items.map(({ kind }) => kind)),
  };
}

describe('what VOD decided about the ids of a message', () => {
  it('is known when the message comes again, without an attempt, without a wait and with a word about it', () => {
    const { ids } = remembered();
    ids.keep([message('m', A, B)], conclusionsOf([A]));
    const [again] = ids.recall([message('m', A, B)]);
    expect(again?.items).toEqual([
      {
        kind: 'decided',
        assetId: A,
        conclusion: {
          reason: 'cancelled',
          attempts: 0,
          vodRequestId: 'r',
          detail: 'In an earlier delivery of this message: The queued transcode task was cancelled.',
        },
      },
      { kind: 'cancel', assetId: B },
    ]);
  });

  it('is not known of another message, of one without an identity, or of another id', () => {
    const { ids, kindsOf } = remembered();
    ids.keep([message('m', A), message(undefined, B)], conclusionsOf([A, B]));
    expect(kindsOf(message('n', A))).toEqual(['cancel']);
    expect(kindsOf(message(undefined, A, B))).toEqual(['cancel', 'cancel']);
    expect(kindsOf(message('m', B))).toEqual(['cancel']);
  });

  it('is not known of an ignored item, although another message had its id decided', () => {
    const { ids, kindsOf } = remembered();
    ids.keep([{ identity: 'm', items: [{ kind: 'ignored', assetId: A, detail: 'd' }] }], conclusionsOf([A]));
    expect(kindsOf(message('m', A))).toEqual(['cancel']);
  });

  it('does not change an item that is ignored in a later delivery', () => {
    const { ids } = remembered();
    ids.keep([message('m', A)], conclusionsOf([A]));
    const later: Message = { identity: 'm', items: [{ kind: 'ignored', assetId: A, detail: 'd' }] };
    expect(ids.recall([later])).toEqual([later]);
  });

  it('is not a message and an id that only look alike when they are put together', () => {
    const { ids, kindsOf } = remembered();
    ids.keep([message('ma', 'b')], conclusionsOf(['b']));
    expect(kindsOf(message('m', 'ab'))).toEqual(['cancel']);
  });

  it.each(Object.keys(REASONS) as Reason[])('is kept only where it is a decision: %s', (reason) => {
    const { ids, kindsOf } = remembered();
    ids.keep([message('m', A)], conclusionsOf([A], reason));
    const isDecision = ['cancelled', 'not_queued', 'not_found'].includes(REASONS[reason].outcome);
    expect(kindsOf(message('m', A))).toEqual([isDecision ? 'decided' : 'cancel']);
  });

  it('is forgotten after 15 minutes', () => {
    const { ids, pass, kindsOf } = remembered();
    ids.keep([message('m', A)], conclusionsOf([A]));
    pass(15 * MINUTE_MS - 1);
    expect(kindsOf(message('m', A))).toEqual(['decided']);
    pass(1);
    expect(kindsOf(message('m', A))).toEqual(['cancel']);
  });

  it('is kept on for 15 minutes by each delivery that does not complete, with the same words', () => {
    const { ids, pass, kindsOf } = remembered();
    ids.keep([message('m', A)], conclusionsOf([A]));
    const [first] = ids.recall([message('m', A, B)]);
    pass(14 * MINUTE_MS);
    ids.keep(ids.recall([message('m', A, B)]), conclusionsOf([B]));
    pass(15 * MINUTE_MS - 1);
    const [again] = ids.recall([message('m', A, B)]);
    expect(again?.items[0]).toEqual(first?.items[0]);
    expect(kindsOf(message('m', A, B))).toEqual(['decided', 'decided']);
    pass(1);
    expect(kindsOf(message('m', A, B))).toEqual(['cancel', 'cancel']);
  });

  it('is kept on although it was forgotten while that delivery was on its way', () => {
    const { ids, pass, kindsOf } = remembered();
    ids.keep([message('m', A)], conclusionsOf([A]));
    pass(14 * MINUTE_MS);
    const messages = ids.recall([message('m', A, B)]);
    pass(5 * MINUTE_MS);
    ids.recall([message('n', A)]);
    ids.keep(messages, conclusionsOf([]));
    expect(kindsOf(message('m', A, B))).toEqual(['decided', 'cancel']);
  });

  it('is kept of the last 10,000', () => {
    const { ids, kindsOf } = remembered();
    const [first = '', second = '', ...others] = idsUpTo(10_001);
    ids.keep([message('m', first, second, ...others)], conclusionsOf([first, second, ...others]));
    expect(kindsOf(message('m', first, second))).toEqual(['cancel', 'decided']);
  });
});

describe('the identity of a message', () => {
  const identitiesOf = (event: unknown): readonly (string | undefined)[] =>
    readEvent(event, RULES).messages.map(({ identity }) => identity);

  it.each(
    (
      [
        'sqs',
        'sns',
        'sns-notification',
        'smn',
        'kinesis',
        'dis',
        'msk',
        'msk-cloudevents',
        'self-managed-kafka',
      ] as const
    ).concat(['cloudevents', 'cloudevents-batch', 'eventbridge', 'pipes-sqs', 'pipes-kinesis', 'pipes-msk'] as never[]),
  )('is given by its envelope: %s', (source) => {
    const event = WRAPPINGS[source].wrap(A);
    const [identity, ...others] = identitiesOf(event);
    expect(identity).toEqual(expect.any(String));
    expect(others).toEqual([]);
    expect(identitiesOf(JSON.parse(JSON.stringify(event)))).toEqual([identity]);
  });

  it.each(['kafka', 'rabbitmq', 'timer', 'amazon-activemq', 'destination', 'direct'] as const)(
    'is not given by %s',
    (source) => {
      expect(identitiesOf(WRAPPINGS[source].wrap(A))).toEqual([undefined]);
    },
  );

  it('is another for another message of a batch', () => {
    for (const { wrapAll } of [WRAPPINGS.sqs, WRAPPINGS.kinesis, WRAPPINGS.dis, WRAPPINGS.msk, WRAPPINGS.smn]) {
      expect(new Set(identitiesOf(wrapAll([A, B, A]))).size).toBe(3);
    }
  });
});
