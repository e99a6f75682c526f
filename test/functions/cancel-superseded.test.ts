import { describe, expect, it } from 'vitest';
import { KEY } from '../helpers/contexts.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { OBJECT_WRAPPINGS, WRAPPINGS } from '../helpers/wrappings.ts';
import { A, B, C, useCancelSuperseded, withId } from './cancel-superseded.ts';

useVirtualTime();

const { bundle, call, context, lines, vod } = await useCancelSuperseded();

it('is a native async function of event and context', () => {
  expect(bundle().handler).toHaveLength(2);
});

describe('a message', () => {
  const direct = (message: object) => call(message);

  it('past its not_after is ignored, with the ids it names', async () => {
    const { reply } = await direct({ asset_ids: [A, B], not_after: '2020-01-01T00:00:00Z' });
    expect(reply?.results.map(({ asset_id, outcome }) => [asset_id, outcome])).toEqual([
      [A, 'ignored'],
      [B, 'ignored'],
    ]);
    expect(vod.calls).toEqual([]);
  });

  it('with a malformed not_after fails without a call', async () => {
    expect((await direct({ asset_id: A, not_after: 'tomorrow' })).thrown?.code).toBe('INVALID_BODY');
    expect(vod.calls).toEqual([]);
  });

  it('carries superseded_by into the log, where it is an id', async () => {
    await direct({ asset_id: A, superseded_by: B });
    await direct({ asset_id: C, superseded_by: `${KEY.sk}` });
    expect(
      lines()
        .records()
        .map((line) => line['superseded_by']),
    ).toEqual([B, undefined]);
  });

  it('keeps the trace of a CloudEvent', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await call({ ...(WRAPPINGS.cloudevents.wrap(withId(A)) as object), traceparent });
    expect(lines().records()[0]).toMatchObject({
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      trigger: 'cloudevents',
    });
  });
});

describe('wrong settings', () => {
  it('end in a line with the source and the trace of the event all the same', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const event = { ...(WRAPPINGS.cloudevents.wrap(withId(A)) as object), traceparent };
    expect((await call(event, context({ VOD_MAX_ATTEMPTS: 'x' }))).thrown?.code).toBe('CONFIG');
    expect(lines().records()[0]).toMatchObject({
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      trigger: 'cloudevents',
    });
  });

  it('and an event that is none end in CONFIG', async () => {
    expect((await call(7, context({ VOD_MAX_ATTEMPTS: 'x' }))).thrown?.code).toBe('CONFIG');
    expect(lines().records()[0]).toMatchObject({ trigger: 'unknown' });
  });
});

describe('what is not a message', () => {
  it('is an aggregate of the Kinesis Producer Library, which the result names', async () => {
    const data = Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), Buffer.from(A)]).toString('base64');
    const { thrown } = await call({ Records: [{ eventSource: 'aws:kinesis', kinesis: { data } }] });
    expect(thrown?.code).toBe('UNSUPPORTED_EVENT');
    expect(lines().records()[0]).toMatchObject({ detail: expect.stringContaining('Kinesis Producer Library') });
  });

  it('is a tombstone of Kafka, which holds nothing up', async () => {
    const records = { 't-0': [{ topic: 't', partition: 0, offset: 1, value: null }] };
    expect((await call({ eventSource: 'aws:kafka', records })).outcomes).toEqual(['ignored']);
  });

  it('is a failure of a function of Lambda, which is not dropped as another event of EventBridge is', async () => {
    const event = {
      ...WRAPPINGS.eventbridge.wrap('{}', 'Lambda Function Invocation Result - Failure'),
      source: 'lambda',
      detail: { requestContext: {}, requestPayload: { asset_id: A }, responseContext: {}, responsePayload: {} },
    };
    expect((await call(event)).thrown?.code).toBe('UNSUPPORTED_EVENT');
    expect(vod.calls).toEqual([]);
  });

  it('is the key of an object that no object can have, however its pattern backtracks', async () => {
    const backtracks = { ASSET_ID_KEY_PATTERN: '^(?:a+)+/(?<asset_id>[0-9a-f]{32})$' };
    const event = OBJECT_WRAPPINGS.s3('a'.repeat(1_025));
    expect((await call(event, context(backtracks))).outcomes).toEqual(['ignored']);
  });
});

describe('an error in our own code', () => {
  it('keeps the event, and its line says where it is, with no word of what was thrown', async () => {
    const hostile = {
      get Records(): never {
        throw new Error(`thrown with ${KEY.sk}`);
      },
    };
    expect((await call(hostile)).thrown?.code).toBe('INTERNAL');
    expect(lines().records()).toMatchObject([
      { level: 'ERROR', error: { code: 'INTERNAL' }, stack: expect.any(Array) },
    ]);
    expect(lines().text()).not.toContain(KEY.sk);
  });
});
