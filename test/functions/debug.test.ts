import { describe, expect, it } from 'vitest';
import { freshBundle } from '../helpers/bundle.ts';
import { ASSET_ID, functionGraphContext, KEY, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useLogLines } from './log-lines.ts';

const { cancel, cancelSuperseded, debugLines, lines, vod } = await useLogLines();

const OTHER_ID = 'f'.repeat(32);

/** A batch of SQS with these messages. */
const sqsOf = (messages: readonly unknown[]) => ({
  Records: messages.map((message, index) => ({
    messageId: `message-${index}`,
    eventSource: 'aws:sqs',
    body: JSON.stringify(message),
  })),
});

const recognised = () => debugLines().filter((line) => 'recognised' in line);

describe('at debug', () => {
  it('a request has a line before its calls that says how many ids it gives', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await cancel({}, apigEvent({ headers: { traceparent } }));
    expect(debugLines()[0]).toEqual({
      level: 'DEBUG',
      timestamp: expect.any(String),
      message: 'event recognised',
      request_id: lines().records().at(-1)?.['request_id'],
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
      request_id: lines().records().at(-1)?.['request_id'],
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
    expect([recognised(), lines().records().at(-1)?.['trigger']]).toEqual([[], 'unknown']);
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
      expect(lines().text()).not.toContain(secret);
    }
  });
});

describe('above debug', () => {
  it('there are no lines for calls, nor for what was recognised', async () => {
    await cancel({ LOG_LEVEL: 'info' });
    await cancelSuperseded({ asset_id: ASSET_ID }, { LOG_LEVEL: 'info' });
    expect(lines().records()).toHaveLength(2);
  });
});
