import { describe, expect, it } from 'vitest';
import { Allowance } from '../../../lib/events/allowance.ts';
import { readEvent } from '../../../lib/events/read-event.ts';
import { WRAPPINGS } from '../../helpers/wrappings.ts';
import { A, idsUpTo, outcomeOf, RULES } from './reading.ts';

const { dis, kafka, kinesis, msk, sqs } = WRAPPINGS;

const REFUSED = ['BODY_TOO_LARGE'];

describe('a very large event', () => {
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
    ['nested', kinesis.wrap(JSON.stringify(msk.wrapAll(idsUpTo(10_001))))],
  ])('has one message that is refused when that has 10,001, %s', (_, event) => {
    expect(outcomeOf(event)).toEqual([REFUSED]);
    expect(readEvent(event, RULES).messages).toMatchObject([{ items: [{ assetId: null }] }]);
  });

  it.each([
    ['Kafka', kafka],
    ['DIS', dis],
    ['SQS', sqs],
  ])('charges the message that is too large, and no other, through %s', (_, { wrapAll }) => {
    const ids = idsUpTo(10_002);
    const named = (...some: string[]) => JSON.stringify({ asset_ids: some });
    const cancel = (...some: string[]) => some.map((id) => `cancel ${id}`);
    const [first = '', second = '', third = ''] = ids;
    expect(outcomeOf(wrapAll([named(first), named(...ids.slice(0, 10_001)), named(second)]))).toEqual([
      cancel(first),
      REFUSED,
      cancel(second),
    ]);
    expect(outcomeOf(wrapAll([named(...ids.slice(0, 9_999)), named(first, second), third, first, '{}']))).toEqual([
      cancel(...ids.slice(0, 9_999)),
      REFUSED,
      cancel(third),
      REFUSED,
      ['MISSING_ASSET_ID'],
    ]);
  });

  it('takes nothing for a message that is refused for another reason', () => {
    const late = JSON.stringify({ asset_ids: idsUpTo(9_999), not_after: 'tomorrow' });
    const outcome = outcomeOf(kafka.wrapAll([late, ...idsUpTo(10_000)]));
    expect(outcome).toEqual([['INVALID_BODY'], ...idsUpTo(10_000).map((id) => [`cancel ${id}`])]);
  });

  it('reports the message that is too large to SQS by its name', () => {
    const reading = readEvent(sqs.wrapAll([A, JSON.stringify({ asset_ids: idsUpTo(10_001) })]), RULES);
    expect(reading).toMatchObject({
      failureReport: 'batch_item_failures',
      messages: [{ itemIdentifier: expect.any(String) }, { itemIdentifier: expect.any(String) }],
    });
  });

  it('is read to its end whatever the number of messages in a batch of a platform', () => {
    expect(outcomeOf(kafka.wrapAll(Array(10_001).fill('')))).toEqual(Array(10_001).fill(['MISSING_ASSET_ID']));
    expect(outcomeOf(kafka.wrapAll(Array(20_001).fill('')))).toEqual([REFUSED]);
    const refused = {
      trigger: 'sqs',
      failureReport: 'throw',
      traceId: undefined,
      messages: [{ items: [{ assetId: null }] }],
    };
    expect(readEvent(sqs.wrapAll(Array(20_001).fill('')), RULES)).toMatchObject(refused);
    const missing = Array(10_001).fill('MISSING_ASSET_ID');
    expect(outcomeOf(sqs.wrap(JSON.stringify({ messages: Array(10_001).fill('') })))).toEqual([missing]);
    expect(outcomeOf(sqs.wrap(JSON.stringify({ messages: Array(10_002).fill('') })))).toEqual([REFUSED]);
  });
});

it('a bug while a message is read is not taken for a limit', () => {
  const read = () =>
    new Allowance().read(() => {
      throw new TypeError('bug');
    });
  expect(read).toThrow(new TypeError('bug'));
});

describe('the text of a message', () => {
  const MIB = 1024 * 1024;
  const sized = (bytes: number) => {
    const json = JSON.stringify({ asset_id: A, padding: '' });
    return `${json.slice(0, -2)}${'x'.repeat(bytes - json.length)}"}`;
  };

  it.each(Object.entries({ sqs, dis, kafka, msk, kinesis }))(
    'may have 1 MiB through %s, and not one byte more',
    (_, { wrapAll }) => {
      expect(outcomeOf(wrapAll([sized(MIB), sized(MIB + 1), A]))).toEqual([[`cancel ${A}`], REFUSED, [`cancel ${A}`]]);
    },
  );

  it('is measured in bytes', () => {
    const text = JSON.stringify({ asset_id: A, padding: 'ü'.repeat(MIB / 2) });
    expect(text.length).toBeLessThan(MIB);
    expect(outcomeOf(sqs.wrap(text))).toEqual([REFUSED]);
  });

  it('is measured where envelopes nest, too', () => {
    expect(outcomeOf({ Records: [{ Sns: { Message: sized(MIB + 1) } }] })).toEqual([REFUSED]);
    expect(outcomeOf({ asset_id: A, padding: 'x'.repeat(2 * MIB) })).toEqual([[`cancel ${A}`]]);
  });
});
