import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seeded } from '../../bench/pace/seeded.ts';
import type { CancelResult } from '../../lib/cancel/result.ts';
import { CancelResultSchema } from '../../lib/cancel/result-schema.ts';
import { type Bundle, freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { functionGraphContext, KEY, settingsFor } from '../helpers/contexts.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { startVod } from '../helpers/vod.ts';
import { OBJECT_WRAPPINGS, WRAPPINGS, type Wrapping } from '../helpers/wrappings.ts';

useVirtualTime();

interface Reply {
  readonly results: readonly CancelResult[];
  readonly summary: Readonly<Record<string, number>>;
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
}

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [string, string, string];
const withId = (asset_id: unknown, more: object = {}) => JSON.stringify({ asset_id, ...more });

const vod = await startVod();
let bundle: Bundle;
let lines: ConsoleLines;

beforeEach(() => {
  bundle = freshBundle('cancel-superseded');
  lines = captureConsole();
  for (const id of [A, B, C]) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
});

afterEach(() => {
  for (const secret of [KEY.sk, KEY.ak, 'SDK-HMAC-SHA256']) expect(lines.text()).not.toContain(secret);
  expect(() => lines.records()).not.toThrow();
  vi.restoreAllMocks();
});

const context = (more: Record<string, string> = {}, remainingMs = 10_000) =>
  functionGraphContext({
    settings: settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '1000000', ...more }),
    remainingMs,
  });

const cancelled = (): string[] =>
  vod.calls.filter(({ operation }) => operation === 'cancel').map(({ assetId }) => assetId ?? 'none');

/** Calls the built function; what it throws is what a platform would see of it. */
async function call(event: unknown, with_: unknown = context()) {
  try {
    const reply = (await bundle.handler(event, with_)) as Reply;
    for (const result of reply.results) expect(v.safeParse(CancelResultSchema, result).issues).toBeUndefined();
    return { reply, outcomes: reply.results.map(({ outcome }) => outcome) };
  } catch (error) {
    const { name, code, message } = error as Error & { code: string };
    expect(name).toBe('CancelIncompleteError');
    return { thrown: { code, message } };
  }
}

const SOURCES: readonly (readonly [string, Wrapping])[] = Object.entries(WRAPPINGS);
const BATCHES = SOURCES.flatMap(([name, { wrapAll }]) => (wrapAll === undefined ? [] : [[name, wrapAll] as const]));
const TYPED = SOURCES.filter(([name]) => /cloudevents|^eventbridge/.test(name));
const isSqs = (name: string): boolean => name === 'sqs' || name === 'pipes-sqs';

it('is a native async function of event and context', () => {
  expect(bundle.handler).toHaveLength(2);
});

describe.each(SOURCES)('every source: %s', (name, { wrap }) => {
  it('one good', async () => {
    const { reply, outcomes } = await call(wrap(withId(A)));
    expect([outcomes, reply?.summary, cancelled()]).toEqual([['cancelled'], { cancelled: 1 }, [A]]);
    expect(reply?.batchItemFailures).toEqual(isSqs(name) ? [] : undefined);
    expect(lines.records()).toHaveLength(1);
    expect(lines.records()[0]).toMatchObject({ level: 'INFO', outcome: 'cancelled', trigger: expect.any(String) });
  });

  it('many good', async () => {
    const { reply, outcomes } = await call(wrap(JSON.stringify({ asset_ids: [A, B, C] })));
    expect(outcomes).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(reply?.results.map(({ asset_id }) => asset_id)).toEqual([A, B, C]);
    expect(cancelled().sort()).toEqual([A, B, C]);
    expect(lines.records()).toHaveLength(4);
    expect(lines.records().at(-1)).toMatchObject({ level: 'INFO', summary: { cancelled: 3 } });
  });

  it('one bad among good', async () => {
    const { reply, thrown } = await call(wrap(JSON.stringify({ asset_ids: [A, 'bad', C] })));
    expect(cancelled().sort()).toEqual([A, C]);
    if (isSqs(name)) {
      expect(reply?.batchItemFailures).toHaveLength(1);
      expect(reply?.summary).toEqual({ cancelled: 2, failed: 1 });
    } else {
      expect(thrown).toEqual({
        code: 'INVALID_ASSET_ID',
        message: expect.stringMatching(/^1 of 3 .*no valid id \(INVALID_ASSET_ID\)/),
      });
    }
    expect(lines.records().at(-1)).toMatchObject({ level: 'ERROR', summary: { cancelled: 2, failed: 1 } });
  });

  it('all bad', async () => {
    const { reply, thrown } = await call(wrap(JSON.stringify({ asset_ids: ['x', 7] })));
    expect(reply?.batchItemFailures?.length ?? thrown?.code).toBe(isSqs(name) ? 1 : 'INVALID_ASSET_ID');
    expect(vod.calls).toEqual([]);
  });

  it('of a type that is not for us', async () => {
    const { outcomes } = await call(wrap(JSON.stringify({ event_type: 'transcodeComplete', asset_id: A })));
    expect([outcomes, vod.calls.length]).toEqual([['ignored'], 0]);
  });
});

describe.each(BATCHES)('a batch: %s', (name, wrapAll) => {
  it('many good, an id twice: one call each, one result for each message', async () => {
    const { reply } = await call(wrapAll([withId(A), B, withId(A), JSON.stringify({ asset_ids: [C, A] })]));
    expect(reply?.results.map(({ asset_id }) => asset_id)).toEqual([A, B, A, C, A]);
    expect(cancelled().sort()).toEqual([A, B, C]);
  });

  it('one bad among good: the others are done', async () => {
    const { reply, thrown } = await call(wrapAll([withId(A), '{"asset_id":', withId(C)]));
    expect(cancelled().sort()).toEqual([A, C]);
    if (isSqs(name)) expect(reply?.batchItemFailures).toHaveLength(1);
    else expect(thrown?.message).toMatch(/^1 of 3/);
  });

  it('empty', async () => {
    const event = wrapAll([]);
    const { reply, thrown } = await call(event);
    expect(thrown?.code).toBe(Array.isArray(event) ? 'UNSUPPORTED_EVENT' : undefined);
    if (Array.isArray(event)) return;
    expect([reply?.results, reply?.summary, vod.calls.length]).toEqual([[], {}, 0]);
    expect(lines.records()).toMatchObject([{ level: 'INFO', summary: {} }]);
  });

  it('delivered again changes nothing and reports not_queued', async () => {
    const event = wrapAll([withId(A), withId(B)]);
    await call(event);
    const { outcomes } = await call(event);
    expect(outcomes).toEqual(['not_queued', 'not_queued']);
    expect([A, B].map((id) => vod.assets.get(id)?.transcodeStatus)).toEqual(['UN_TRANSCODE', 'UN_TRANSCODE']);
  });
});

describe.each(TYPED)('an event of a type that is not in the list: %s', (_name, { wrap }) => {
  it('is ignored', async () => {
    const { outcomes } = await call(wrap(withId(A), 'com.example.item.created'));
    expect([outcomes, vod.calls.length]).toEqual([['ignored'], 0]);
  });

  it('is taken once the list has it', async () => {
    const { outcomes } = await call(
      wrap(withId(A), 'upload.replaced'),
      context({ SUPERSEDED_EVENT_TYPES: 'vod.upload.superseded, upload.replaced' }),
    );
    expect(outcomes).toEqual(['cancelled']);
  });
});

describe.each(Object.entries(OBJECT_WRAPPINGS))('an object event: %s', (_name, wrap) => {
  const keyed = { ASSET_ID_KEY_PATTERN: '^superseded/(?<asset_id>[0-9a-f]{32})$' };

  it('is ignored unless a pattern says that its key means superseded', async () => {
    expect((await call(wrap(`superseded/${A}`))).outcomes).toEqual(['ignored']);
    expect((await call(wrap(`${A}/video.mp4`), context(keyed))).outcomes).toEqual(['ignored']);
    expect(vod.calls).toEqual([]);
  });

  it('cancels the asset in a key that matches', async () => {
    expect((await call(wrap(`superseded/${A}`), context(keyed))).outcomes).toEqual(['cancelled']);
  });
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
    expect(lines.records().map((line) => line['superseded_by'])).toEqual([B, undefined]);
  });

  it('keeps the trace of a CloudEvent', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await call({ ...(WRAPPINGS.cloudevents.wrap(withId(A)) as object), traceparent });
    expect(lines.records()[0]).toMatchObject({ trace_id: '0af7651916cd43dd8448eb211c80319c', trigger: 'cloudevents' });
  });
});

describe('settings at fault', () => {
  it('end in a line with the source and the trace of the event all the same', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const event = { ...(WRAPPINGS.cloudevents.wrap(withId(A)) as object), traceparent };
    expect((await call(event, context({ VOD_MAX_ATTEMPTS: 'x' }))).thrown?.code).toBe('CONFIG');
    expect(lines.records()[0]).toMatchObject({ trace_id: '0af7651916cd43dd8448eb211c80319c', trigger: 'cloudevents' });
  });

  it('and an event that is none end in CONFIG', async () => {
    expect((await call(7, context({ VOD_MAX_ATTEMPTS: 'x' }))).thrown?.code).toBe('CONFIG');
    expect(lines.records()[0]).toMatchObject({ trigger: 'unknown' });
  });
});

describe('what the platform is told', () => {
  it.each([
    ['null', null],
    ['a number', 7],
    ['a bare array', [A]],
    ["the console's test event", { key: 'value' }],
    ['an HTTP request', { httpMethod: 'DELETE', pathParameters: { asset_id: A } }],
  ])('%s is not supported', async (_name, event) => {
    const { thrown } = await call(event);
    expect(thrown).toEqual({ code: 'UNSUPPORTED_EVENT', message: expect.stringContaining('UNSUPPORTED_EVENT') });
    expect(lines.records()).toMatchObject([{ level: 'ERROR', summary: {}, error: { code: 'UNSUPPORTED_EVENT' } }]);
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
    expect(lines.records().at(-1)).toMatchObject({
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
    const event = WRAPPINGS.sqs.wrapAll([withId(A), text, withId(B)]);
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
    const error: unknown = await bundle.handler(null, context()).catch((thrown: unknown) => thrown);
    expect((error as Error).name).toBe('CancelIncompleteError');
    expect((error as Error).constructor.name).toBe('CancelIncompleteError');
  });
});

describe('what is not a message', () => {
  it('is an aggregate of the Kinesis Producer Library, which the result names', async () => {
    const data = Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), Buffer.from(A)]).toString('base64');
    const { thrown } = await call({ Records: [{ eventSource: 'aws:kinesis', kinesis: { data } }] });
    expect(thrown?.code).toBe('UNSUPPORTED_EVENT');
    expect(lines.records()[0]).toMatchObject({ detail: expect.stringContaining('Kinesis Producer Library') });
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

describe('a fault of our own', () => {
  it('keeps the event, and its line says where it is, with no word of what was thrown', async () => {
    const hostile = {
      get Records(): never {
        throw new Error(`thrown with ${KEY.sk}`);
      },
    };
    expect((await call(hostile)).thrown?.code).toBe('INTERNAL');
    expect(lines.records()).toMatchObject([{ level: 'ERROR', error: { code: 'INTERNAL' }, stack: expect.any(Array) }]);
    expect(lines.text()).not.toContain(KEY.sk);
  });
});

describe('a message that is delivered again because its invocation did not complete', () => {
  it.each([
    ['SQS', WRAPPINGS.sqs],
    ['MSK', WRAPPINGS.msk],
    ['SMN', WRAPPINGS.smn],
  ])('has its results without a call, through %s', async (_name, { wrapAll }) => {
    vod.assets.put(B, { transcodeStatus: 'TRANSCODING' });
    const event = wrapAll([JSON.stringify({ asset_ids: [A, B] }), 'bad']);
    await call(event);
    expect(cancelled().sort()).toEqual([A, B]);
    const before = lines.records().length;
    await call(event);
    expect(cancelled()).toHaveLength(2);
    const again = lines.records().slice(before);
    expect(again).toMatchObject([
      { asset_id: A, outcome: 'cancelled', attempts: 0, detail: expect.stringContaining('earlier delivery') },
      { asset_id: B, outcome: 'not_queued', attempts: 0, error: { code: 'VOD.10083' } },
      { asset_id: null, error: { code: 'INVALID_ASSET_ID' } },
      { summary: { cancelled: 1, not_queued: 1, failed: 1 } },
    ]);
  });

  it('is asked for again where VOD decided nothing', async () => {
    const event = WRAPPINGS.sqs.wrapAll([withId(A), withId(B)]);
    vod.inject('forbidden-10074', { times: 2 });
    expect((await call(event)).outcomes).toEqual(['failed', 'failed']);
    expect((await call(event)).outcomes).toEqual(['cancelled', 'cancelled']);
  });

  it('is another than a new message about the same asset', async () => {
    await call(WRAPPINGS.sqs.wrapAll([withId(A), 'bad']));
    vod.assets.put(A, { transcodeStatus: 'WAITING_TRANSCODE' });
    expect((await call(WRAPPINGS.sqs.wrap(withId(A)))).outcomes).toEqual(['cancelled']);
    expect(vod.assets.get(A)?.transcodeStatus).toBe('UN_TRANSCODE');
  });
});

describe('a batch that is too long', () => {
  const ids = Array.from({ length: 30 }, (_, index) => (index + 256).toString(16).padStart(32, '0'));
  const batch = () => WRAPPINGS.kafka.wrapAll(ids.map((id) => withId(id)));
  const slowPace = { VOD_CALLS_PER_MINUTE: '8' };

  it('ends what finds no slot as PACE_LIMIT, early enough, and each redelivery cancels more', async () => {
    for (const id of ids) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
    const left = () => ids.filter((id) => vod.assets.get(id)?.transcodeStatus === 'WAITING_TRANSCODE').length;
    const progress = [left()];
    // By chance a shuffle can put eight ids first that are cancelled already.
    vi.spyOn(Math, 'random').mockImplementation(seeded(1));
    for (let delivery = 0; delivery < 4; delivery += 1) {
      // Each delivery meets a fresh instance, as a platform with retries may well give it.
      bundle = freshBundle('cancel-superseded');
      const startedAt = performance.now();
      const { thrown } = await call(batch(), context(slowPace, 1_500));
      // Not a matter of speed: the host kills what is not back by then.
      expect(performance.now() - startedAt).toBeLessThan(1_500);
      if (thrown !== undefined) expect(thrown.code).toBe('PACE_LIMIT');
      progress.push(left());
    }
    expect(progress.every((count, index) => index === 0 || count < (progress[index - 1] ?? 0))).toBe(true);
  });

  it('gives each message its turn, so that one with many ids does not starve the others', async () => {
    for (const id of ids) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
    const [many, few] = [ids.slice(0, 21), ids.slice(21)];
    const event = WRAPPINGS.sqs.wrapAll([JSON.stringify({ asset_ids: many }), ...few.map((id) => withId(id))]);
    await call(event, context({ VOD_CONCURRENCY: '1' }));
    expect(cancelled()).toHaveLength(30);
    expect(cancelled().slice(0, 10)).toEqual(expect.arrayContaining(few));
  });

  it('answers before the deadline, however many ids there are to report', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => index.toString(16).padStart(32, '0'));
    const { slow } = await import('../helpers/faults.ts');
    vod.inject(slow(300), { times: 2_000 });
    const startedAt = performance.now();
    const { thrown } = await call({ asset_ids: many }, context({}, 3_000));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(thrown?.message).toMatch(/of 2000 cancels not completed/);
  });

  it('ends what could not be started in time as DEADLINE', async () => {
    for (const id of ids) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
    const { slow } = await import('../helpers/faults.ts');
    vod.inject(slow(400), { times: 100 });
    const { thrown } = await call(batch(), context({ VOD_CONCURRENCY: '2' }, 1_500));
    expect(thrown?.message).toContain('DEADLINE');
    expect(cancelled().length).toBeLessThan(10);
  });
});

describe('whatever the mixture of messages', () => {
  const message = fc.oneof(
    fc.constantFrom(A, B, C).map((id) => ({ text: withId(id), ids: [id] })),
    fc
      .constantFrom([A, B], [B, C, B], [C])
      .map((ids) => ({ text: JSON.stringify({ asset_ids: ids }), ids: [...new Set(ids)] })),
    fc.constantFrom('', 'bad', '{', '[]', '{}', '7', 'null').map((text) => ({ text, ids: [] as string[] })),
  );

  it('every message ends in its results, in order, and no id is cancelled twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...BATCHES),
        fc.array(message, { maxLength: 12 }),
        async ([, wrapAll], messages) => {
          vod.resetCalls();
          const before = lines.records().length;
          await call(wrapAll(messages.map(({ text }) => text)));
          const logged = lines
            .records()
            .slice(before)
            .filter((line) => 'outcome' in line);
          expect(logged.map(({ asset_id }) => asset_id)).toEqual(
            messages.flatMap(({ ids }) => (ids.length > 0 ? ids : [null])),
          );
          expect(cancelled()).toHaveLength(new Set(messages.flatMap(({ ids }) => ids)).size);
        },
      ),
      { numRuns: 60 },
    );
  });
});
