import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../lib/events/read-event.ts';
import { WRAPPINGS } from '../../../helpers/wrappings.ts';
import { A, B, briefs, KEY_RULES, outcomeOf, RULES } from '../reading.ts';

const base64 = (...parts: readonly (string | readonly number[])[]): string =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string))).toString('base64');

const JSON_TEXT = JSON.stringify({ asset_id: A });

/** How a stream hands over a record of these bytes. */
const STREAMS = {
  kinesis: (data: unknown) => ({ Records: [{ eventSource: 'aws:kinesis', kinesis: { data } }] }),
  'kinesis through Pipes': (data: unknown) => [{ eventSource: 'aws:kinesis', sequenceNumber: '1', data }],
  dis: (data: unknown) => ({ StreamName: 's', Message: { records: [{ data }] } }),
  msk: (value: unknown) => ({ eventSource: 'aws:kafka', records: { 't-0': [{ offset: 1, value }] } }),
  'kafka through Pipes': (value: unknown) => [{ eventSource: 'SelfManagedKafka', topic: 't', offset: 1, value }],
} as const;

describe.each(Object.entries(STREAMS))('a record of %s', (_name, wrap) => {
  it.each([
    ['Confluent', [0, 0, 0, 0, 7]],
    ['Confluent, of an id that is not UTF-8', [0, 0, 0, 0xff, 0xfe]],
    ['Glue', [3, 0, ...Array<number>(16).fill(0xab)]],
  ])('may have the frame of a registry before its JSON: %s', (_, frame) => {
    expect(outcomeOf(wrap(base64(frame, JSON_TEXT)))).toEqual([[`cancel ${A}`]]);
    expect(outcomeOf(wrap(base64(frame, ` \n${JSON_TEXT}\n`)))).toEqual([[`cancel ${A}`]]);
    expect(outcomeOf(wrap(base64(frame, `"${A}"`)))).toEqual([[`cancel ${A}`]]);
  });

  it.each([
    ['a frame and nothing else', [0, 0, 0, 0, 7], 'INVALID_ASSET_ID'],
    ['a frame before what is no JSON', [0, 0, 0, 0, 0xff, 0x02, 0x41], 'INVALID_BODY'],
    ['a frame that is compressed', [3, 5, ...Array<number>(16).fill(0xab), 0x78, 0x9c], 'INVALID_BODY'],
  ])('fails where it is %s', (_, bytes, code) => {
    expect(outcomeOf(wrap(base64(bytes)))).toEqual([[code]]);
  });

  it('may be a bare id with NUL around it, which is no frame', () => {
    expect(outcomeOf(wrap(base64(`\0${A}\0`)))).toEqual([[`cancel ${A}`]]);
  });

  it('is said to be an aggregate where it is one', () => {
    const [items] = readEvent(wrap(base64([0xf3, 0x89, 0x9a, 0xc2], JSON_TEXT)), RULES).messages.map(
      (one) => one.items,
    );
    expect(items).toMatchObject([
      {
        kind: 'failed',
        assetId: null,
        conclusion: {
          error: { code: 'UNSUPPORTED_EVENT', message: expect.stringMatching('Kinesis Producer Library') },
        },
      },
    ]);
  });
});

describe('text of DMS for Kafka', () => {
  it.each([
    ['Confluent', '\0\0\0\0\u0007'],
    ['Glue', `\u0003\0${'a'.repeat(16)}`],
  ])('may have the frame of a registry before its JSON: %s', (_, frame) => {
    expect(outcomeOf(WRAPPINGS.kafka.wrap(`${frame}${JSON_TEXT}`))).toEqual([[`cancel ${A}`]]);
  });

  it('has no frame of which a byte was lost', () => {
    expect(outcomeOf(WRAPPINGS.kafka.wrap(`\0\0\0\0\uFFFD${JSON_TEXT}`))).toEqual([['INVALID_ASSET_ID']]);
  });
});

describe('a tombstone of Kafka', () => {
  it.each([undefined, null])('is ignored and stops no other: %j', (value) => {
    const records = [
      { topic: 't', partition: 0, offset: 1, key: 'eA==', value },
      { topic: 't', partition: 0, offset: 2, value: base64(A) },
    ];
    const expected = [['ignored'], [`cancel ${A}`]];
    expect(outcomeOf({ eventSource: 'aws:kafka', records: { 't-0': records } })).toEqual(expected);
    expect(outcomeOf(records.map((record) => ({ ...record, eventSource: 'aws:kafka' })))).toEqual(expected);
    const headers = [{ ce_type: [...Buffer.from('vod.upload.superseded')] }];
    const typed = { eventSource: 'aws:kafka', records: { 't-0': [{ ...records[0], headers }] } };
    expect(outcomeOf(typed)).toEqual([['ignored']]);
  });
});

describe('a CloudEvent in binary mode', () => {
  const headersOf = (attributes: Readonly<Record<string, unknown>>) =>
    Object.entries(attributes).map(([name, value]) => ({
      [name]: typeof value === 'string' ? [...Buffer.from(value)] : value,
    }));
  const kafka = (attributes: Readonly<Record<string, unknown>>, value = base64(JSON_TEXT)) => ({
    eventSource: 'aws:kafka',
    records: { 't-0': [{ topic: 't', partition: 0, offset: 1, value, headers: headersOf(attributes) }] },
  });
  const superseded = 'vod.upload.superseded';

  it.each([
    ['of the type that means superseded', { ce_type: superseded, ce_specversion: '1.0' }, `cancel ${A}`],
    ['whose header has capital letters', { CE_Type: superseded }, `cancel ${A}`],
    ['of another type', { ce_type: 'video.published' }, `ignored ${A}`],
    ['of another type, in capital letters', { Ce_Type: 'video.published' }, `ignored ${A}`],
    ['of no type', { ce_type: '' }, `ignored ${A}`],
    ['of a type that is no text', { ce_type: 7 }, `ignored ${A}`],
    ['of a type that is a list of no bytes', { ce_type: [{ toString: {} }] }, `ignored ${A}`],
    ['of a type with letters that are not ASCII', { ce_type: [-61, -68] }, `ignored ${A}`],
    ['without a type, which is none', { ce_id: '1', 'content-type': 'application/json' }, `cancel ${A}`],
  ])('%s', (_, attributes, item) => {
    expect(outcomeOf(kafka(attributes))).toEqual([[item]]);
  });

  it('with two types is of neither', () => {
    const event = kafka({ ce_type: superseded });
    event.records['t-0'][0]?.headers.push(...headersOf({ ce_type: 'video.published' }));
    expect(outcomeOf(event)).toEqual([[`ignored ${A}`]]);
  });

  it('carries its trace', () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const event = kafka({ ce_type: superseded, ce_traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    expect(readEvent(event, RULES).traceId).toBe(traceId);
  });

  it('may be about an object', () => {
    const data = JSON.stringify({ obs: { object: { key: `superseded/${A}` } } });
    const event = kafka({ ce_type: 'OBS:DWR:ObjectCreated:PUT', ce_source: 'HC.OBS.DWR' }, base64(data));
    expect(outcomeOf(event, KEY_RULES)).toEqual([[`cancel ${A}`]]);
    expect(outcomeOf(event)).toEqual([['ignored']]);
  });

  it('is ignored for its type, whatever its value is', () => {
    expect(outcomeOf(kafka({ ce_type: 'video.published' }, '!'))).toEqual([['ignored']]);
    expect(outcomeOf(kafka({ ce_type: superseded }, '!'))).toEqual([['INVALID_BODY']]);
  });

  it('is recognised by any headers', () => {
    const bytes = fc.array(fc.integer({ min: -128, max: 255 }), { maxLength: 20 });
    const name = fc.constantFrom('ce_type', 'ce_source', 'ce_traceparent', 'x', '__proto__');
    const headers = fc.array(fc.oneof(fc.dictionary(name, fc.oneof(bytes, fc.jsonValue())), fc.jsonValue()));
    fc.assert(
      fc.property(headers, (some) => {
        const event = { eventSource: 'aws:kafka', records: { t: [{ value: base64(A), headers: some }] } };
        const hasType = some.some((one) => typeof one === 'object' && one !== null && Object.hasOwn(one, 'ce_type'));
        expect(outcomeOf(event)).toEqual([[hasType ? `ignored ${A}` : `cancel ${A}`]]);
      }),
    );
  });
});

describe('Amazon MQ', () => {
  it.each([
    ['ActiveMQ', { eventSource: 'aws:mq', messages: [{ data: base64(A) }, { data: base64(B) }] }],
    [
      'RabbitMQ',
      { eventSource: 'aws:rmq', rmqMessagesByQueue: { 'q::/': [{ data: base64(A) }], 'r::/': [{ data: base64(B) }] } },
    ],
  ])('%s hands over base64', (_, event) => {
    expect(outcomeOf(event)).toEqual([[`cancel ${A}`], [`cancel ${B}`]]);
  });

  it.each([
    { eventSource: 'aws:mq', messages: [] },
    { eventSource: 'aws:mq', messages: null },
    { eventSource: 'aws:rmq', rmqMessagesByQueue: {} },
    { eventSource: 'aws:rmq', rmqMessagesByQueue: null },
    { eventSource: 'aws:rmq', rmqMessagesByQueue: { 'q::/': [] } },
  ])('%j asks for nothing', (event) => {
    expect(briefs(readEvent(event, RULES))).toEqual([]);
  });

  it.each([{ eventSource: 'aws:mq' }, { eventSource: 'aws:rmq' }, { eventSource: 'aws:rmq', rmqMessagesByQueue: [1] }])(
    '%j has a layout that is not known',
    (event) => expect(outcomeOf(event)).toMatch('UNSUPPORTED_EVENT'),
  );
});

describe('a batch of CloudEvents', () => {
  it('is read one by one, some of them about objects', () => {
    const superseded = WRAPPINGS.cloudevents.wrap(A);
    const other = WRAPPINGS.cloudevents.wrap(B, 'video.published');
    const object = {
      specversion: '1.0',
      source: 'HC.OBS.DWR',
      type: 'OBS:DWR:ObjectCreated:PUT',
      data: { obs: { object: { key: `superseded/${B}` } } },
    };
    expect(outcomeOf([superseded, other, object], KEY_RULES)).toEqual([
      [`cancel ${A}`],
      [`ignored ${B}`],
      [`cancel ${B}`],
    ]);
  });
});
