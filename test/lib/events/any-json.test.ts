import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../lib/cancel/failure.ts';
import { readEvent } from '../../../lib/events/read-event.ts';
import { WRAPPINGS } from '../../helpers/wrappings.ts';
import { A, brief, outcomeOf, RULES } from './reading.ts';

describe('whatever an event is', () => {
  const names = [
    ...[
      'Records',
      'records',
      'record',
      'messages',
      'Message',
      'body',
      'messageId',
      'Sns',
      'kinesis',
      'data',
      's3',
      'obs',
    ],
    ...[
      'specversion',
      'type',
      'source',
      'detail',
      'detail-type',
      'smn',
      'message',
      'trigger_type',
      'user_event',
      'Type',
    ],
    ...['eventSource', 'value', 'request_context', 'response_context', 'request_payload', 'object', 'key', 'eventName'],
    ...['asset_id', 'asset_ids', 'not_after', 'event_type', 'superseded_by', 'data_base64', 'traceparent', 'TopicArn'],
    ...['__proto__', 'constructor', 'toString', 'length'],
  ];
  const values = [
    '1.0',
    'KAFKA',
    'TIMER',
    'aws:sqs',
    'aws:kafka',
    'HC.OBS.DWR',
    'aws.s3',
    'Notification',
    A,
    '{"Records":[]}',
  ];
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 6, withCrossShrink: true }, tie('leaf'), tie('array'), tie('object'), tie('text')),
    leaf: fc.oneof(fc.constantFrom(...values, null, true, 7, ''), fc.string()),
    array: fc.array(tie('tree'), { maxLength: 4 }),
    object: fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 5 }),
    text: tie('tree').map((value) => JSON.stringify(value)),
  }));

  it('nothing but a refusal is thrown, and the only input in an item is an asset id', () => {
    const rules = { ...RULES, assetIdKeyPattern: /(?<asset_id>[0-9a-f]{32})/ };
    fc.assert(
      fc.property(tree, (event) => {
        try {
          const { messages } = readEvent(event, rules);
          for (const { items } of messages)
            for (const item of items) expect(brief(item)).toMatch(/^[A-Za-z_]+( [0-9a-f]{32})?$/);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          expect(error).toMatchObject({ code: 'UNSUPPORTED_EVENT' });
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('any JSON at all is taken or refused', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (event) => {
        expect(outcomeOf(event)).toBeDefined();
        expect(outcomeOf(WRAPPINGS.sqs.wrap(JSON.stringify(event)))).toHaveLength(1);
      }),
    );
  });
});
