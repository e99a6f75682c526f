import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { captureStdout } from '../../local/capture-stdout.ts';
import { EventStreams } from '../../local/console/events.ts';
import { Feed } from '../../local/console/feed.ts';
import type { Message } from '../../local/console/messages.ts';
import { createRedactor, toPlainJson } from '../../local/console/redact.ts';
import { summarise, summariseEvent } from '../../local/console/summaries.ts';
import { errorView } from '../../local/gateway/problem.ts';
import { WRAPPINGS } from '../helpers/wrappings.ts';
import { ASSET } from './samples.ts';

function feedOf() {
  const messages: Message[] = [];
  const feed = new Feed((message) => messages.push(message), undefined);
  return { feed, messages };
}

describe('the history', () => {
  it('keeps the last 50 invocations, and the end of each', async () => {
    const { feed } = feedOf();
    const invoke = feed.watch('cancel-superseded', async () => {
      for (let line = 0; line < 400; line += 1) feed.takeLine('{"level":"INFO","message":"x"}');
    });
    for (let n = 0; n < 60; n += 1) await invoke(n, String(n));
    const history = feed.history();
    expect(history.filter(([name]) => name === 'began')).toHaveLength(50);
    expect(history.filter(([name]) => name === 'ended')).toHaveLength(50);
    expect(history).toHaveLength(50 * 301);
  });

  it('has each line with the invocation that wrote it, and no others', async () => {
    const { feed, messages } = feedOf();
    const invoke = feed.watch('cancel-http', async (event) => {
      await sleep(0);
      for (const line of ['x', 'null', '[]', `{"message":"${event}"}`]) feed.takeLine(line);
    });
    await Promise.all([invoke('one', '1'), invoke('two', '2')]);
    feed.takeLine('{"message":"of none"}');
    expect(messages.filter(([name]) => name === 'line')).toEqual([
      ['line', { id: '1', line: { message: 'one' } }],
      ['line', { id: '2', line: { message: 'two' } }],
    ]);
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

describe('a summary', () => {
  it.each([undefined, null, 1, 'x', [], {}, { statusCode: 200 }, { statusCode: 200, body: 'x' }, { summary: {} }])(
    'can be made of %j',
    (value) => {
      expect(summariseEvent(value)).toMatchObject({ title: expect.any(String), event: expect.any(String) });
      expect(summarise(value)).toMatchObject({ outcomes: expect.any(Object), detail: '', result: expect.any(String) });
    },
  );

  it.each(['sqs', 'kafka', 'cloudevents'] as const)('names the source of an event of %s', (source) => {
    expect(summariseEvent(WRAPPINGS[source].wrap(JSON.stringify({ asset_id: ASSET }))).title).toBe(source);
  });

  it.each([
    ['a response', { statusCode: 409, body: '{"outcome":"not_queued","detail":"d"}' }, 409, { not_queued: 1 }, 'd'],
    ['one result', { results: [{ detail: 'd' }], summary: { cancelled: 1 } }, null, { cancelled: 1 }, 'd'],
    ['a batch', { results: [{ detail: 'd' }, {}], summary: { failed: 2 } }, null, { failed: 2 }, ''],
    ['an error', errorView(new RangeError('m')), null, { RangeError: 1 }, 'm'],
    ['a thrown text', errorView('m'), null, { UserFunctionError: 1 }, 'm'],
  ])('has status, outcomes and detail of %s', (_what, returned, status, outcomes, detail) => {
    expect(summarise(returned)).toMatchObject({ status, outcomes, detail });
  });
});

describe('the redaction', () => {
  it('hides by name and by value, the longest first', () => {
    const secrets = ['SECRET-EXAMPLE', 'SECRET-EXAMPLE-LONGER', '', undefined, 'short', 'quo"ted-secret'];
    const redact = createRedactor(secrets);
    expect(redact('a SECRET-EXAMPLE-LONGER b SECRET-EXAMPLE short')).toBe('a ••• b ••• short');
    expect(redact(JSON.stringify('quo"ted-secret'))).toBe('"•••"');
    expect(redact('x SDK-HMAC-SHA256 Access=AK, Signature=0 y"z')).toBe('x •••"z');
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

describe('the capture of stdout', () => {
  it('leaves every line as it was, and ends', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const lines: string[] = [];
    const stop = captureStdout((text) => lines.push(text), true);
    const bytes = Buffer.from('not text');
    process.stdout.write('a\n', 'utf8');
    process.stdout.write(bytes);
    stop();
    process.stdout.write('b\n');
    expect(lines).toEqual(['a\n', 'not text']);
    expect(write.mock.calls).toEqual([['a\n', 'utf8'], [bytes], ['b\n']]);
    vi.restoreAllMocks();
  });

  it('ends without a change to what other code has put in its place', () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stop = captureStdout(() => undefined, true);
    const other = vi.fn(() => true);
    process.stdout.write = other;
    stop();
    expect(process.stdout.write).toBe(other);
    vi.restoreAllMocks();
  });
});

describe('the streams', () => {
  it('let go of a page that has stopped reading', async () => {
    const streams = new EventStreams((text) => text);
    const stream = streams.open([]);
    const line: Message = ['line', { id: '1', line: { message: 'x'.repeat(1_000_000) } }];
    for (let n = 0; n < 7; n += 1) streams.send(line);
    expect(stream.destroyed).toBe(true);
    await expect.poll(() => streams.isWatched).toBe(false);
  });

  it('forget a page that has gone', async () => {
    const streams = new EventStreams((text) => text);
    streams.open([]).destroy();
    await expect.poll(() => streams.isWatched).toBe(false);
  });
});
