import { describe, expect, it } from 'vitest';
import { functionGraphContext } from '../helpers/contexts.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { WRAPPINGS } from '../helpers/wrappings.ts';
import { A, B, C, useCancelSuperseded, withId } from './cancel-superseded.ts';

useVirtualTime();

const { bundle, call, cancelled, context, lines, vod } = await useCancelSuperseded();

describe('what the platform gets', () => {
  it.each([
    ['null', null],
    ['a number', 7],
    ['a bare array', [A]],
    ["the console's test event", { key: 'value' }],
    ['an HTTP request', { httpMethod: 'DELETE', pathParameters: { asset_id: A } }],
  ])('%s is not supported', async (_name, event) => {
    const { thrown } = await call(event);
    expect(thrown).toEqual({ code: 'UNSUPPORTED_EVENT', message: expect.stringContaining('UNSUPPORTED_EVENT') });
    expect(lines().records()).toMatchObject([{ level: 'ERROR', summary: {}, error: { code: 'UNSUPPORTED_EVENT' } }]);
  });

  it('a setting that is missing, by name', async () => {
    const { thrown } = await call({ asset_id: A }, functionGraphContext({ settings: {} }));
    expect(thrown).toEqual({ code: 'CONFIG', message: expect.stringContaining('VOD_REGION') });
  });

  it('counts the failures and names the first ten', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => index.toString(16).repeat(32).slice(0, 32));
    vod.inject('forbidden-10074', { times: 12 });
    const { thrown } = await call({ asset_ids: ids });
    expect(thrown?.message).toMatch(/^12 of 12 cancels not completed: /);
    expect(thrown?.message.match(/VOD\.10074/g)).toHaveLength(10);
    expect(thrown?.message).toMatch(/and 2 more$/);
  });

  it('names of an SQS batch the messages that failed, and no other', async () => {
    const event = WRAPPINGS.sqs.wrapAll([withId(A), 'bad', withId(B)]) as { Records: { messageId: string }[] };
    const { reply } = await call(event);
    expect(reply?.batchItemFailures).toEqual([{ itemIdentifier: event.Records[1]?.messageId }]);
  });

  it('names a message of an SQS batch once, though two records have its name', async () => {
    const event = WRAPPINGS.sqs.wrapAll(['bad', 'bad']) as { Records: { messageId: string }[] };
    for (const record of event.Records) record.messageId = 'm';
    expect((await call(event)).reply?.batchItemFailures).toEqual([{ itemIdentifier: 'm' }]);
  });

  it.each([
    ['Kafka', { trigger_type: 'KAFKA', records: [{ messages: A }] }],
    ['MSK', { eventSource: 'aws:kafka', records: { 't-0': { value: Buffer.from(A).toString('base64') } } }],
    ['DIS', { StreamName: 's', Message: { records: { data: Buffer.from(A).toString('base64') } } }],
  ])('of %s loses nothing where a message stands in the place of a list', async (_name, event) => {
    expect((await call(event)).outcomes).toEqual(['cancelled']);
  });

  it.each([
    ['Kafka', { trigger_type: 'KAFKA', records: null }],
    ['MSK', { eventSource: 'aws:kafka', records: null }],
    ['DIS', { StreamName: 's', Message: null }],
    ['SQS or another', { Records: null }],
    ['SMN', { record: null }],
  ])('null for the list of %s is an empty batch', async (_name, event) => {
    expect((await call(event)).reply).toEqual({ results: [], summary: {} });
  });

  it('by a throw where an SQS record has no messageId, after all are handled', async () => {
    const event = WRAPPINGS.sqs.wrapAll([withId(A), withId(B)]) as { Records: { messageId?: string }[] };
    delete event.Records[0]?.messageId;
    expect((await call(event)).thrown?.message).toContain('messageId');
    expect(cancelled().sort()).toEqual([A, B]);
    expect(lines().records().at(-1)).toMatchObject({
      level: 'ERROR',
      error: { code: 'UNSUPPORTED_EVENT' },
      summary: { cancelled: 2 },
    });
  });

  it.each([
    [
      '10,001 ids',
      JSON.stringify({ asset_ids: Array.from({ length: 10_001 }, (_, index) => index.toString(16).padStart(32, '0')) }),
    ],
    ['more than 1 MiB', JSON.stringify({ asset_id: C, padding: 'x'.repeat(1024 * 1024) })],
  ])('that one message has %s; the others of its batch are done', async (_name, text) => {
    const event = WRAPPINGS.sqs.wrapAll([withId(A), text, withId(B)]) as { Records: { messageId: string }[] };
    const { reply } = await call(event);
    expect(reply?.results.map(({ asset_id, error }) => [asset_id, error?.code])).toEqual([
      [A, undefined],
      [null, 'BODY_TOO_LARGE'],
      [B, undefined],
    ]);
    expect(reply?.batchItemFailures).toEqual([{ itemIdentifier: event.Records[1]?.messageId }]);
    expect(cancelled().sort()).toEqual([A, B]);
  });

  it('by an error whose class has the name that the error has', async () => {
    const error: unknown = await bundle()
      .handler(null, context())
      .catch((thrown: unknown) => thrown);
    expect((error as Error).name).toBe('CancelIncompleteError');
    expect((error as Error).constructor.name).toBe('CancelIncompleteError');
  });
});
