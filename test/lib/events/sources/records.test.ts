import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../lib/events/read-event.ts';
import { A, B, outcomeOf, RULES } from '../reading.ts';

describe('a record that is not one', () => {
  it.each([null, 7, 'x', [], {}, { messageId: 'm' }])('%j stops no other', (record) => {
    const good = { messageId: 'good', body: A };
    expect(outcomeOf({ Records: [record, good] })).toEqual([['MISSING_ASSET_ID'], [`cancel ${A}`]]);
    expect(outcomeOf({ Records: [record, { Sns: { Message: A } }] })).toEqual([['MISSING_ASSET_ID'], [`cancel ${A}`]]);
    expect(outcomeOf({ record: [record, { smn: { message: A } }] })).toEqual([['MISSING_ASSET_ID'], [`cancel ${A}`]]);
    expect(outcomeOf({ trigger_type: 'KAFKA', records: [record, { messages: [A] }] })).toEqual([
      ['MISSING_ASSET_ID'],
      [`cancel ${A}`],
    ]);
    expect(outcomeOf({ Message: { records: [record, { data: 'eA==' }] } })).toEqual([
      ['MISSING_ASSET_ID'],
      ['INVALID_ASSET_ID'],
    ]);
  });

  it('is no message where its text is of another type', () => {
    for (const body of [7, true, [A]]) {
      expect(outcomeOf({ record: [{ smn: { message: body } }] })).toEqual([['INVALID_BODY']]);
      expect(outcomeOf({ trigger_type: 'KAFKA', records: [{ messages: [body] }] })).toEqual([['INVALID_BODY']]);
      expect(outcomeOf({ Records: [{ kinesis: { data: body } }] })).toEqual([['INVALID_BODY']]);
    }
  });

  it('is a message where a platform parsed its text already', () => {
    expect(outcomeOf({ record: [{ smn: { message: { asset_id: A } } }] })).toEqual([[`cancel ${A}`]]);
    expect(outcomeOf({ trigger_type: 'TIMER', user_event: { asset_id: A } })).toEqual([[`cancel ${A}`]]);
  });
});

describe('an SQS record without messageId', () => {
  it('differs from one without a body', () => {
    const event = { Records: [{ eventSource: 'aws:sqs', messageId: 'm' }] };
    expect(readEvent(event, RULES)).toMatchObject({ trigger: 'sqs', messages: [{ itemIdentifier: 'm' }] });
    expect(outcomeOf(event)).toEqual([['MISSING_ASSET_ID']]);
  });

  it.each([undefined, null, '', 7])('%j has no identifier', (messageId) => {
    const event = {
      Records: [
        { messageId, body: A },
        { messageId: 'second', body: B },
      ],
    };
    expect(readEvent(event, RULES)).toMatchObject({ failureReport: 'batch_item_failures' });
    expect(readEvent(event, RULES).messages.map((message) => message.itemIdentifier)).toEqual([undefined, 'second']);
  });
});

describe('base64', () => {
  const encode = (bytes: string | Buffer) => Buffer.from(bytes).toString('base64');
  const TEXT = JSON.stringify({ asset_id: A, note: 'ü' });

  it.each([
    ['padded', encode(TEXT), [`cancel ${A}`]],
    ['without its padding', encode(TEXT).replace(/=+$/, ''), [`cancel ${A}`]],
    ['of a bare id', encode(A), [`cancel ${A}`]],
    ['of nothing', '', ['MISSING_ASSET_ID']],
    ['that is text', TEXT, ['INVALID_BODY']],
    ['that is a bare id, which has its letters', A, ['INVALID_BODY']],
    ['with a line break at its end', `${encode(TEXT)}\n`, [`cancel ${A}`]],
    ['in lines', encode(TEXT).replace(/.{20}/g, '$&\r\n'), [`cancel ${A}`]],
    [
      'in the alphabet for URLs',
      Buffer.from(`{"a":"???>>>","asset_id":"${A}"}`).toString('base64url'),
      [`cancel ${A}`],
    ],
    ['cut off', encode(A).slice(0, 41), ['INVALID_BODY']],
    ['with too much padding', 'QUJD=', ['INVALID_BODY']],
    ['with padding in the middle', 'QQ==QQ==', ['INVALID_BODY']],
    ['of padding alone', '====', ['INVALID_BODY']],
    ['whose UTF-8 is none', encode(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), ['INVALID_BODY']],
    ['whose UTF-8 is cut off', encode(Buffer.from('ü').subarray(0, 1)), ['INVALID_BODY']],
  ])('%s', (_, data, items) => {
    const good = encode(B);
    const both = [items, [`cancel ${B}`]];
    expect(outcomeOf({ Message: { records: [{ data }, { data: good }] } })).toEqual(both);
    expect(outcomeOf({ Records: [{ kinesis: { data } }, { kinesis: { data: good } }] })).toEqual(both);
    expect(outcomeOf({ eventSource: 'aws:kafka', records: { t: [{ value: data }, { value: good }] } })).toEqual(both);
    expect(outcomeOf({ ...event, data_base64: data })).toEqual([items]);
  });

  const event = { specversion: '1.0', type: 'vod.upload.superseded', source: '/x', id: '1' };
});

describe('the data of a CloudEvent', () => {
  const event = { specversion: '1.0', type: 'vod.upload.superseded', source: '/x', id: '1' };

  it.each([
    ['an object', { data: { asset_id: A } }, [`cancel ${A}`]],
    ['JSON text', { data: `{"asset_id":"${A}"}` }, [`cancel ${A}`]],
    ['a bare id', { data: A }, [`cancel ${A}`]],
    ['base64', { data_base64: Buffer.from(A).toString('base64') }, [`cancel ${A}`]],
    ['base64 beside null', { data: null, data_base64: Buffer.from(A).toString('base64') }, [`cancel ${A}`]],
    ['missing', {}, ['MISSING_ASSET_ID']],
    ['missing, with the id beside it', { asset_id: A }, ['MISSING_ASSET_ID']],
    ['null', { data: null }, ['MISSING_ASSET_ID']],
    ['a list', { data: [A] }, ['INVALID_BODY']],
    ['a number', { data: 7 }, ['INVALID_BODY']],
  ])('%s', (_, members, items) => {
    expect(outcomeOf({ ...event, ...members })).toEqual([items]);
  });
});
