import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../lib/events/read-event.ts';
import { OBJECT_WRAPPINGS, WRAPPINGS } from '../../../helpers/wrappings.ts';
import { A, KEY_RULES, outcomeOf, RULES } from '../reading.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('an event that has only a part of a known layout', () => {
  it.each([
    ['of SMN', { record: [{ message: A }] }],
    ['of a notification of SNS', { TopicArn: 'arn', Message: A }],
    ['of DIS', { StreamName: 's' }],
    ['of Kafka on Lambda', { eventSource: 'aws:kafka' }],
    ['of S3 through EventBridge', { source: 'aws.s3', detail: { object: { key: 'x' } } }],
    ['of a destination record', { request_context: {}, request_payload: { asset_id: A } }],
    ['of its payload', { request_payload: { asset_id: A } }],
    ['of a change of DDS', { records: [{}] }],
    ['of partitions', { records: { t: 7 } }],
  ])('is of an unknown shape: %s', (_, event) => {
    expect(outcomeOf(event)).toMatch('unknown shape');
  });

  it.each([undefined, null, ''])('is a destination record without its payload: %j', (request_payload) => {
    const record = { request_context: {}, response_context: {}, request_payload };
    expect(outcomeOf(record)).toMatch('a destination record without its payload');
  });
});

describe('an event that names its kind', () => {
  it.each([
    ['rabbitmq', { trigger_type: 'RABBITMQ', messages: null }],
    ['rabbitmq', { trigger_type: 'RABBITMQ', records: null }],
    ['rocketmq', { trigger_type: 'ROCKETMQ', messages: [A] }],
    ['msk', { eventSource: 'aws:kafka', records: null }],
  ])('is %s, also with %j', (trigger, event) => {
    expect(readEvent(event, RULES).trigger).toBe(trigger);
  });
});

describe('a record in an unusual form', () => {
  it.each<readonly [string, unknown, readonly string[]]>([
    ['one message in place of a list', { trigger_type: 'KAFKA', records: [{ messages: A }] }, [`cancel ${A}`]],
    ['no text, but null', { record: [{ smn: { message: null } }] }, ['MISSING_ASSET_ID']],
    ['no record of Kafka, but null', { eventSource: 'aws:kafka', records: { t: [null] } }, ['MISSING_ASSET_ID']],
    [
      'Kinesis through Pipes with its envelope',
      [{ eventSource: 'aws:kinesis', kinesis: { data: base64(A) } }],
      [`cancel ${A}`],
    ],
    [
      'an object of EventGrid in base64 that is none',
      { ...OBJECT_WRAPPINGS['eventgrid-obs']('x'), data: undefined, data_base64: '!' },
      ['INVALID_BODY'],
    ],
    [
      'an event name in a list',
      { Records: [{ eventName: ['ObjectCreated:Put'], s3: { object: { key: `superseded/${A}` } } }] },
      ['ignored'],
    ],
    ['an id beside members of a foreign event', WRAPPINGS.sqs.wrap(`{"asset_id":"${A}","cts":{}}`), [`cancel ${A}`]],
  ])('%s', (_, event, items) => {
    expect(outcomeOf(event, KEY_RULES)).toEqual([items]);
  });

  it.each([
    ['text', 'vod.upload.superseded', `cancel ${A}`],
    ['bytes', [...Buffer.from('vod.upload.superseded')], `cancel ${A}`],
    ['bytes and a text', [...Buffer.from('vod.upload.supersede'), '100'], `ignored ${A}`],
  ])('a header of Kafka may be %s', (_, ce_type, item) => {
    const record = { value: base64(A), headers: [{ ce_type }] };
    expect(outcomeOf({ eventSource: 'aws:kafka', records: { t: [record] } })).toEqual([[item]]);
  });
});
