import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../lib/events/read-event.ts';
import { WRAPPINGS } from '../../helpers/wrappings.ts';
import { A, B, FUTURE, outcomeOf, RULES } from './reading.ts';

const { cloudevents, sqs } = WRAPPINGS;

const lambdaFailure = {
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'Lambda Function Invocation Result - Failure',
  source: 'lambda',
  detail: { version: '1.0', requestContext: {}, requestPayload: { asset_id: A }, responseContext: {} },
};

describe('an event of no kind that is handled', () => {
  it.each([
    ['null', null, 'null'],
    ['undefined', undefined, 'null'],
    ['a number', 42, 'not a JSON object'],
    ['true', true, 'not a JSON object'],
    ['a list that is empty or of an unknown kind', [{ asset_id: A }], 'a list that is empty or of an unknown kind'],
    ['an empty list', [], 'a list that is empty or of an unknown kind'],
    [
      'a list of events of several kinds',
      [cloudevents.wrap(A), ...WRAPPINGS['pipes-sqs'].wrapAll([A])],
      'a list that is empty or of an unknown kind',
    ],
    ['a list of records that have no kind', [{ body: A }], 'a list that is empty or of an unknown kind'],
    ['an empty object', {}, 'of an unknown shape'],
    ["the console's test event", { key: 'value' }, "the console's test event"],
    ['Records of DynamoDB', { Records: [{ dynamodb: {} }] }, 'a list of records of another service'],
    ['a queue event with neither list', { trigger_type: 'KAFKA' }, 'of an unknown shape'],
    ['a CloudEvent of another version', { specversion: '0.3', type: 'x' }, 'of an unknown shape'],
    ['a CloudEvent without a type', { specversion: '1.0', source: '/x' }, 'of an unknown shape'],
    ['a failure of Lambda through EventBridge', lambdaFailure, 'a destination record of Lambda'],
    ['HTTP API, version 2', { requestContext: { http: { method: 'POST' } } }, 'an HTTP request'],
    ['a message that is not ours', { event_type: 'createComplete' }, 'of an unknown shape'],
    ['__proto__', JSON.parse(`{"__proto__":{"asset_id":"${A}"}}`), 'of an unknown shape'],
  ])('%s', (_, event, words) => {
    expect(outcomeOf(event)).toMatch(`UNSUPPORTED_EVENT: The event is ${words}`);
  });

  it('is named without a word of what it holds', () => {
    expect(outcomeOf({ secret: 'hunter2', Records: [{ secret: 'hunter2' }] })).not.toMatch(/hunter2|secret/);
  });
});

describe('an empty envelope', () => {
  it.each([
    { Records: [] },
    { records: [] },
    { record: [] },
    { messages: [] },
    { records: {} },
    { trigger_type: 'KAFKA', records: null },
    { Records: null },
    { records: null },
    { record: null },
    { trigger_type: 'KAFKA', records: [] },
    { trigger_type: 'RABBITMQ', records: [{ messages: [], exchange: 'x' }] },
    { trigger_type: 'ROCKETMQ', records: [{ messages: null }] },
    { trigger_type: 'KAFKA', messages: null },
    { eventSource: 'aws:kafka', records: null },
    { eventSource: 'aws:kafka', records: { 'topic-0': [] } },
    { StreamName: 's', Message: { records: null } },
    { Message: { records: [] } },
  ])('%j asks for nothing', (event) => {
    expect(readEvent(event, RULES)).toMatchObject({ failureReport: 'throw', messages: [] });
  });

  it('inside a message asks for nothing either', () => {
    expect(readEvent(sqs.wrap('{"Records":[]}'), RULES).messages).toMatchObject([{ items: [] }]);
  });
});

describe('an event inside a message that is none of ours', () => {
  it.each([lambdaFailure, { cts: {} }, { lts: {} }, { notify_data: {} }, { Records: [{ ses: {} }] }])('%j', (event) => {
    expect(outcomeOf(sqs.wrap(JSON.stringify(event)))).toEqual([['UNSUPPORTED_EVENT']]);
  });

  it('is not what the console sends, which may be a message as well', () => {
    expect(outcomeOf(sqs.wrap('{"key":"value"}'))).toEqual([['MISSING_ASSET_ID']]);
  });

  it('is a destination record without its payload', () => {
    const record = { request_context: {}, response_context: {}, request_payload: '' };
    expect(outcomeOf(sqs.wrap(JSON.stringify(record)))).toEqual([['UNSUPPORTED_EVENT']]);
  });
});

describe('a direct call', () => {
  it.each([
    ['an id', A, [`cancel ${A}`]],
    ['text that is no id', 'hello', ['INVALID_ASSET_ID']],
    ['empty text', '', ['MISSING_ASSET_ID']],
    ['an event as text', JSON.stringify(sqs.wrap(A)), [`cancel ${A}`]],
    [
      'an id beside members that look like an envelope',
      { asset_id: A, records: [], messages: ['x'], Message: 'x' },
      [`cancel ${A}`],
    ],
    ['ids beside such', { asset_ids: [A], records: [{ messages: [B] }] }, [`cancel ${A}`]],
    ['an id beside a Type', { asset_id: A, Type: 'Notification' }, [`cancel ${A}`]],
    ['an id and a limit', { asset_id: A, not_after: FUTURE }, [`cancel ${A}`]],
  ])('%s', (_, event, items) => {
    expect(readEvent(event, RULES)).toMatchObject({ trigger: 'direct', failureReport: 'throw' });
    expect(outcomeOf(event)).toEqual([items]);
  });
});

describe('an envelope that does not name its kind', () => {
  it.each([
    ['records of messages', { records: [{ messages: [A] }] }, 'kafka'],
    ['messages', { messages: [A], topic_id: 'superseded' }, 'kafka'],
    ['lists of records', { records: { 'superseded-0': [{ value: Buffer.from(A).toString('base64') }] } }, 'msk'],
  ])('is told by its %s', (_, event, trigger) => {
    expect(readEvent(event, RULES).trigger).toBe(trigger);
    expect(outcomeOf(event)).toEqual([[`cancel ${A}`]]);
  });
});
