import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { assetRules, assetsOf } from '../../local/console/assets-of.ts';
import { readAlong } from '../../local/console/capture.ts';
import { EventStreams } from '../../local/console/events.ts';
import { Feed } from '../../local/console/feed.ts';
import type { Message } from '../../local/console/messages.ts';
import { createScrub, toPlainJson } from '../../local/console/redact.ts';
import { summariseEvent, summariseResult } from '../../local/console/summaries.ts';
import type { RecordedCall } from '../../local/vod/calls.ts';
import { WRAPPINGS } from '../helpers/wrappings.ts';
import { ASSET } from './samples.ts';

const OTHER = 'b'.repeat(32);

const vodCall = (assetId: string, more: Partial<RecordedCall> = {}): RecordedCall => ({
  operation: 'cancel',
  method: 'DELETE',
  url: '/',
  assetId,
  headers: { authorization: 'SDK-HMAC-SHA256 Access=x' },
  at: Date.now(),
  status: 204,
  code: undefined,
  applied: true,
  durationMs: 1,
  fault: undefined,
  ...more,
});

const RULES = assetRules([(name) => (name === 'VOD_REGION' ? 'cn-north-4' : undefined)]);

function feedOf() {
  const messages: Message[] = [];
  const feed = new Feed((message) => messages.push(message), RULES);
  /** Begins an invocation that runs until it is told to end. */
  const begin = (id: string, event: unknown) => {
    let resolve: (result: unknown) => void = () => undefined;
    const promise = new Promise((resolver) => {
      resolve = resolver;
    });
    const done = feed.watch('cancel-superseded', () => promise)(event, id);
    return async () => {
      resolve({ results: [], summary: {} });
      await done;
    };
  };
  const callsOf = (id: string) => messages.flatMap(([name, data]) => (name === 'call' && data.id === id ? [data] : []));
  return { feed, messages, begin, callsOf };
}

describe('a call to VOD', () => {
  it('belongs to the invocation whose event names its asset', async () => {
    const { feed, begin, callsOf } = feedOf();
    const ends = [begin('1', { asset_id: ASSET }), begin('2', { asset_id: OTHER })];
    const calls = [vodCall(OTHER), vodCall(ASSET), vodCall(OTHER)];
    for (const call of calls) feed.takeCall(call, calls);
    for (const end of ends) await end();
    expect(callsOf('1')).toMatchObject([{ asset_id: ASSET, attempt: 1, shared: false }]);
    expect(callsOf('2')).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    expect(JSON.stringify(callsOf('1'))).not.toContain('SDK-HMAC');
  });

  it('is shown with both, and marked, where two invocations of one asset are under way', () => {
    const { feed, begin, callsOf } = feedOf();
    begin('1', { asset_id: ASSET });
    begin('2', { asset_id: ASSET });
    const call = vodCall(ASSET);
    feed.takeCall(call, [call]);
    expect([callsOf('1'), callsOf('2')]).toMatchObject([[{ shared: true }], [{ shared: true }]]);
  });

  it('belongs to the invocation whose event names its asset encoded', () => {
    const { feed, begin, callsOf } = feedOf();
    begin('1', WRAPPINGS.kinesis.wrap(ASSET));
    begin('2', WRAPPINGS.kinesis.wrap(OTHER));
    const call = vodCall(ASSET);
    feed.takeCall(call, [call]);
    expect([callsOf('1').length, callsOf('2').length]).toEqual([1, 0]);
  });

  it('is that of any invocation under way if no event that could be read names it', () => {
    const { feed, begin, callsOf } = feedOf();
    begin('1', { some: 'event' });
    const call = vodCall(ASSET);
    feed.takeCall(call, [call]);
    expect(callsOf('1')).toHaveLength(1);
  });

  it('is counted by its arrival, and taken after the invocation has ended', async () => {
    const { feed, begin, callsOf } = feedOf();
    const end = begin('1', { asset_id: ASSET });
    const [first, second] = [vodCall(ASSET), vodCall(ASSET)];
    feed.takeCall(second, [first, second]);
    await end();
    feed.takeCall(first, [first, second]);
    expect(callsOf('1').map(({ attempt }) => attempt)).toEqual([2, 1]);
  });

  it('belongs to no invocation if none was running', async () => {
    const { feed, begin, messages } = feedOf();
    await begin('1', { asset_id: ASSET })();
    const call = vodCall(ASSET, { at: Date.now() + 1_000 });
    feed.takeCall(call, [call]);
    expect(messages.filter(([name]) => name === 'call')).toEqual([]);
  });
});

describe('the history', () => {
  it('keeps the last 50 invocations, and the end of each', async () => {
    const { feed, begin } = feedOf();
    for (let n = 0; n < 60; n += 1) {
      const end = begin(String(n), n);
      for (let line = 0; line < 400; line += 1) feed.takeLine(`{"request_id":"${n}","level":"INFO","message":"x"}`);
      await end();
    }
    const history = feed.history();
    expect(history.filter(([name]) => name === 'began')).toHaveLength(50);
    expect(history.filter(([name]) => name === 'ended')).toHaveLength(50);
    expect(history).toHaveLength(50 * 301);
  });

  it('takes only lines of its invocations', () => {
    const { feed, begin, messages } = feedOf();
    begin('1', 1);
    for (const line of ['x', 'null', '{"request_id":"2"}', '[]', '{"request_id":"1","level":"WARN","message":"m"}']) {
      feed.takeLine(line);
    }
    expect(messages.filter(([name]) => name === 'line')).toMatchObject([['line', { id: '1', level: 'WARN' }]]);
  });
});

describe('a watched function', () => {
  it('returns and throws what it would have', async () => {
    const { feed } = feedOf();
    const result = { statusCode: 200 };
    expect(await feed.watch('cancel-http', async () => result)({}, '1')).toBe(result);
    const error = new RangeError('x');
    await expect(feed.watch('cancel-http', () => Promise.reject(error))({}, '2')).rejects.toBe(error);
  });
});

describe('the assets of an event', () => {
  const ids = Array.from({ length: 25 }, (_, index) => String(index).padStart(32, '0'));

  it.each(Object.keys(WRAPPINGS) as (keyof typeof WRAPPINGS)[])('are found in a message of %s', (source) => {
    expect(assetsOf(WRAPPINGS[source].wrap(JSON.stringify({ asset_ids: [...ids, ids[0]] })), RULES)).toEqual(ids);
  });

  it.each([null, 'no', {}, { key: 'value' }, { httpMethod: 'GET', pathParameters: { asset_id: ASSET } }])(
    'are none in %j',
    (event) => {
      expect(assetsOf(event, RULES)).toEqual([]);
    },
  );

  it('are none if the settings are wrong', () => {
    expect(assetRules([() => undefined])).toBeUndefined();
    expect(assetsOf({ asset_id: ASSET }, undefined)).toEqual([]);
  });
});

describe('a summary', () => {
  it.each([undefined, null, 1, 'x', [], {}, { statusCode: 200 }, { statusCode: 200, body: 'x' }, { summary: {} }])(
    'can be made of %j',
    (value) => {
      expect(summariseEvent(value)).toMatchObject({ title: 'event', event: expect.any(String) });
      expect(summariseResult(value)).toMatchObject({ outcome: '', result: expect.any(String) });
    },
  );

  it.each([
    ['sqs', 'sqs'],
    ['kafka', 'kafka'],
    ['cloudevents', 'vod.upload.superseded 850883081a2e7255715ef81ae7c34338'],
  ] as const)('names the source of an event of %s', (source, title) => {
    const event = WRAPPINGS[source].wrap(JSON.stringify({ asset_id: '850883081a2e7255715ef81ae7c34338' }));
    expect(summariseEvent(event).title).toBe(title);
  });

  it('counts the outcomes of a batch', () => {
    const summary = { cancelled: 2, failed: 1 };
    expect(summariseResult({ results: [1, 2, 3], summary }).outcome).toBe('2 cancelled, 1 failed');
  });
});

describe('the redaction', () => {
  it('hides by name and by value, the longest first', () => {
    const scrub = createScrub(['SECRET-EXAMPLE', 'SECRET-EXAMPLE-LONGER', '', undefined, 'short', 'quo"ted-secret']);
    expect(scrub('a SECRET-EXAMPLE-LONGER b SECRET-EXAMPLE short')).toBe('a ••• b ••• short');
    expect(scrub(JSON.stringify('quo"ted-secret'))).toBe('"•••"');
    expect(scrub('x SDK-HMAC-SHA256 Access=AK, Signature=0 y"z')).toBe('x •••"z');
    const shown = toPlainJson({ Authorization: 'a', nested: { 'X-Security-Token': 'b', ak: 'c', task: 'd' } }, 1_000);
    expect(JSON.parse(shown)).toEqual({
      Authorization: '•••',
      nested: { 'X-Security-Token': '•••', ak: '•••', task: 'd' },
    });
  });

  it('cuts what is too long and says so', () => {
    expect(toPlainJson('x'.repeat(100), 10)).toMatch(/^"x{9}\n… \(102 characters in all\)$/);
  });
});

describe('reading along', () => {
  it('leaves every line as it was, and ends', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const lines: string[] = [];
    const stop = readAlong((line) => lines.push(line));
    const bytes = Buffer.from('not text');
    process.stdout.write('a\n', 'utf8');
    process.stdout.write(bytes);
    stop();
    process.stdout.write('b\n');
    expect(lines).toEqual(['a\n']);
    expect(write.mock.calls).toEqual([['a\n', 'utf8'], [bytes], ['b\n']]);
    vi.restoreAllMocks();
  });
});

describe('the streams', () => {
  it('let go of a page that has stopped reading', () => {
    const streams = new EventStreams((text) => text);
    const stream = streams.open([]);
    const line: Message = ['line', { id: '1', level: 'INFO', message: 'm', text: 'x'.repeat(1_000_000) }];
    for (let n = 0; n < 6; n += 1) streams.send(line);
    expect(stream.destroyed).toBe(true);
    expect(streams.isWatched).toBe(false);
  });

  it('forget a page that has gone, and open none when closed', async () => {
    const streams = new EventStreams((text) => text);
    streams.open([]).destroy();
    streams.keepAlive();
    expect(streams.isWatched).toBe(false);
    streams.close();
    const sink = streams.open([['faults', []]]).pipe(new PassThrough());
    expect((await sink.toArray()).join('')).toBe('retry: 1000\n\nevent: faults\ndata: []\n\n');
  });
});
