import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../lib/triggers/read-event.ts';
import { WRAPPINGS } from '../../../local/emit/wrap.ts';
import { A, briefs, idsUpTo, outcomeOf, RULES } from './reading.ts';

const { dis, kafka, kinesis, msk, sqs } = WRAPPINGS;

describe('a very large event', () => {
  const refused = [['BODY_TOO_LARGE']];

  it('may have 10,000 ids', () => {
    const ids = idsUpTo(10_000);
    const expected = ids.map((id) => `cancel ${id}`);
    expect(outcomeOf({ asset_ids: ids })).toEqual([expected]);
    expect(outcomeOf(sqs.wrapAll(ids))).toEqual(expected.map((one) => [one]));
    const nested = sqs.wrapAll(ids.map((id) => JSON.stringify(WRAPPINGS['sns-notification'].wrap(id))));
    expect(outcomeOf(nested)).toEqual(expected.map((one) => [one]));
  });

  it.each([
    ['in one list', { asset_ids: idsUpTo(10_001) }],
    ['in a list and beside it', { asset_id: A, asset_ids: idsUpTo(10_000) }],
    ['all the same', { asset_ids: Array(10_001).fill(A) }],
    ['in many messages', kafka.wrapAll(idsUpTo(10_001))],
    ['in two messages', dis.wrapAll([`{"asset_ids":${JSON.stringify(idsUpTo(10_000))}}`, A])],
    ['in SQS', sqs.wrapAll(idsUpTo(10_001))],
    ['nested', kinesis.wrap(JSON.stringify(msk.wrapAll(idsUpTo(10_001))))],
    ['not there, but as many messages', kafka.wrapAll(Array(10_001).fill(''))],
  ])('is refused whole when it has 10,001, %s', (_, event) => {
    const reading = readEvent(event, RULES);
    expect(briefs(reading)).toEqual(refused);
    expect(reading.reply).toBe('throw');
    expect(reading.messages).toMatchObject([{ items: [{ assetId: null }] }]);
  });
});
