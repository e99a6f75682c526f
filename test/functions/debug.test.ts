import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, KEY, lambdaContext, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { startVod } from '../helpers/vod.ts';

const vod = await startVod();
let lines: ConsoleLines;

beforeEach(() => {
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  lines = captureConsole();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const OTHER_ID = 'f'.repeat(32);

/** A batch of SQS with these messages. */
const sqsOf = (messages: readonly unknown[]) => ({
  Records: messages.map((message, index) => ({
    messageId: `message-${index}`,
    eventSource: 'aws:sqs',
    body: JSON.stringify(message),
  })),
});

const cancel = (settings: Readonly<Record<string, string>> = {}, event: unknown = apigEvent()) =>
  freshBundle('cancel-http').handler(
    event,
    functionGraphContext({ settings: settingsFor(vod.origin, { LOG_LEVEL: 'debug', ...settings }) }),
  );

const cancelSuperseded = (event: unknown, settings: Readonly<Record<string, string>> = {}) =>
  freshBundle('cancel-superseded').handler(
    event,
    functionGraphContext({ settings: settingsFor(vod.origin, { LOG_LEVEL: 'debug', ...settings }) }),
  );

const debugLines = () => lines.records().filter(({ level }) => level === 'DEBUG');

const calls = () => debugLines().filter((line) => 'call' in line);

const recognised = () => debugLines().filter((line) => 'recognised' in line);

describe('at debug', () => {
  it('each call to VOD has a line, with what it waited for', async () => {
    vod.inject('error-503');
    await cancel();
    expect(calls()).toEqual([
      expect.objectContaining({
        message: 'call to VOD: cancel',
        asset_id: ASSET_ID,
        call: 'cancel',
        attempt: 1,
        verdict: 'internal',
        status: 503,
        reused: false,
      }),
      expect.objectContaining({ call: 'cancel', attempt: 2, verdict: 'cancelled', status: 204, reused: true }),
    ]);
    const result = lines.records().at(-1);
    for (const line of calls()) {
      expect(line).toMatchObject({ request_id: result?.['request_id'], duration_ms: expect.any(Number) });
      expect(line).toHaveProperty('vod_request_id');
    }
    // Each is rounded by itself. On a busy machine the first call may have waited as well.
    const waited = calls().reduce((sum, line) => sum + Number(line['waited_ms'] ?? 0), 0);
    expect(Math.abs(waited - Number(result?.['waited_ms']))).toBeLessThanOrEqual(2);
  });

  it('a refusal has its code, and a status read its own line, as attempt 1', async () => {
    vod.assets.put(ASSET_ID, { transcodeStatus: 'TRANSCODING' });
    await cancel();
    expect(calls()).toEqual([
      expect.objectContaining({ call: 'cancel', attempt: 1, verdict: 'not_queued', code: 'VOD.10083' }),
      expect.objectContaining({ call: 'status', attempt: 1, verdict: 'read', status: 200 }),
    ]);
    expect(calls()[1]).not.toHaveProperty('code');
  });

  it('a status read that VOD forbids has its code', async () => {
    vod.inject('not-queued-400');
    vod.inject('forbidden-10074', { on: 'list' });
    await cancel();
    expect(calls().at(-1)).toMatchObject({ call: 'status', verdict: 'refused', code: 'VOD.10074' });
  });

  it('a connection that fails has the cause, and no status', async () => {
    await cancel({ VOD_ENDPOINT: 'http://127.0.0.1:1', VOD_MAX_ATTEMPTS: '1' });
    expect(calls()).toMatchObject([{ verdict: 'unreachable', code: 'VOD_UNREACHABLE', cause: 'ECONNREFUSED' }]);
    expect(calls()[0]).not.toHaveProperty('status');
  });

  it('a request has a line before its calls that says how many ids it gives', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await cancel({}, apigEvent({ headers: { traceparent } }));
    expect(debugLines()[0]).toEqual({
      level: 'DEBUG',
      timestamp: expect.any(String),
      message: 'event recognised',
      request_id: lines.records().at(-1)?.['request_id'],
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      trigger: 'apig',
      recognised: { ids: 1 },
    });
  });

  it.each([
    ['two ids', { path: { asset_id: ASSET_ID }, query: { asset_id: 'x' } }, 2],
    ['none', { path: {} }, 0],
  ])('the line of a request with %s says so, though the request is refused', async (_, request, ids) => {
    await cancel({}, apigEvent(request));
    expect(recognised()).toMatchObject([{ recognised: { ids } }]);
  });

  it('an event has a line that counts its messages and what their items ask for', async () => {
    const messages = [
      { asset_ids: [ASSET_ID, OTHER_ID] },
      { asset_id: ASSET_ID, not_after: '2020-01-01T00:00:00Z' },
      'no id',
    ];
    await cancelSuperseded(sqsOf(messages));
    expect(debugLines()[0]).toMatchObject({
      message: 'event recognised',
      request_id: lines.records().at(-1)?.['request_id'],
      trigger: 'sqs',
      recognised: { messages: 3, cancel: 2, ignored: 1, failed: 1 },
    });
    expect(recognised()).toHaveLength(1);
  });

  it('a redelivery says what an earlier delivery decided', async () => {
    const { handler } = freshBundle('cancel-superseded');
    const event = { ...sqsOf([{ asset_ids: [ASSET_ID, OTHER_ID] }]) };
    const context = () =>
      functionGraphContext({ settings: settingsFor(vod.origin, { LOG_LEVEL: 'debug', VOD_MAX_ATTEMPTS: '1' }) });
    vod.inject('error-503');
    await handler(event, context());
    await handler(event, context());
    expect(recognised().map((line) => line['recognised'])).toEqual([
      { messages: 1, cancel: 2 },
      { messages: 1, decided: 1, cancel: 1 },
    ]);
  });

  it('an event of an unknown kind has no such line, and its failure names the trigger as unknown', async () => {
    await expect(cancelSuperseded({ unknown: 'kind' })).rejects.toMatchObject({ code: 'UNSUPPORTED_EVENT' });
    expect([recognised(), lines.records().at(-1)?.['trigger']]).toEqual([[], 'unknown']);
  });

  it('no line has a secret, nor anything else of the event', async () => {
    vod.inject('unauthorized-echo');
    const content = 'NOT-FOR-THE-LOG';
    await cancel(
      {},
      apigEvent({ headers: { authorization: content }, query: { other: content }, path: { asset_id: content } }),
    );
    await cancel();
    const message = { asset_id: ASSET_ID, superseded_by: content, event_type: content, [content]: content };
    await cancelSuperseded(sqsOf([message, { asset_id: content }, content]));
    await cancelSuperseded({ [content]: content }).catch(() => undefined);
    expect(recognised()).toHaveLength(3);
    for (const secret of [KEY.ak, KEY.sk, 'SDK-HMAC-SHA256', 'Signature=', content]) {
      expect(lines.text()).not.toContain(secret);
    }
  });
});

describe('above debug', () => {
  it('there are no lines for calls, nor for what was recognised', async () => {
    await cancel({ LOG_LEVEL: 'info' });
    await cancelSuperseded({ asset_id: ASSET_ID }, { LOG_LEVEL: 'info' });
    expect(lines.records()).toHaveLength(2);
  });

  it('a cancel that waited for its retry says how long, and none says 0', async () => {
    vod.inject('error-503', { times: 2 });
    await cancel({ LOG_LEVEL: 'info' });
    await cancel({ LOG_LEVEL: 'info' });
    const [waited, straight] = lines.records();
    expect(Number(waited?.['waited_ms'])).toBeGreaterThan(0);
    expect(Number(waited?.['waited_ms'])).toBeLessThanOrEqual(Number(waited?.['duration_ms']));
    expect(straight?.['waited_ms']).not.toBe(0);
  });

  it('a cancel that waited for its turn or its retry says so in the line of an event too', async () => {
    const settings = settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '10000' });
    const ids = Array.from({ length: 3 }, (_, index) => String(index).repeat(32));
    vod.inject('error-503', { times: 2 });
    await freshBundle('cancel-superseded')
      .handler({ asset_ids: ids }, functionGraphContext({ settings }))
      .catch(() => undefined);
    const waited = lines.records().filter((line) => 'outcome' in line);
    expect(waited.some((line) => Number(line['waited_ms']) > 0)).toBe(true);
  });
});

describe("X-Ray's trace", () => {
  const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
  const invoke = async (event: unknown) => {
    for (const [name, value] of Object.entries(settingsFor(vod.origin))) vi.stubEnv(name, value);
    await freshBundle('cancel-http').handler(event, lambdaContext());
    return lines.records().at(-1);
  };

  it('is in the line where Lambda names one', async () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', header);
    const line = await invoke(apigEvent());
    expect(line).toMatchObject({ xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793' });
    expect(line).not.toHaveProperty('trace_id');
  });

  it('gives way to a traceparent', async () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', header);
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const line = await invoke(apigEvent({ headers: { traceparent, tracestate: 'a=b' } }));
    expect(line).toMatchObject({ trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' });
    expect(line).not.toHaveProperty('xray_trace_id');
  });

  it.each(['', 'Root=1-5759e988', 'Self=1', `Root=1-5759e988-bd862e3fe1be46a994272793"x`])(
    'is left out where the variable is %j',
    async (value) => {
      vi.stubEnv('_X_AMZN_TRACE_ID', value);
      expect(await invoke(apigEvent())).not.toHaveProperty('xray_trace_id');
    },
  );
});
