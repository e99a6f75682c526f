import { expect, it, vi } from 'vitest';
import { Failure } from '../../../lib/cancel/failure.ts';
import { logFailure, logMessages } from '../../../lib/events/log-lines.ts';
import { recogniseEvent } from '../../../lib/events/read-event.ts';
import { toResults } from '../../../lib/events/results.ts';
import { bareHost } from '../../../lib/host/bare.ts';
import { createLog } from '../../../lib/log/log.ts';

const CONTEXT = {
  invocation: { host: bareHost(), requestId: 'r', coldStart: false, elapsedMs: () => 1 },
  trigger: 'sns',
  traceId: 'whole',
};

const ignored = (assetId: string, traceId: string) => ({ kind: 'ignored', assetId, detail: 'd', traceId }) as const;

const resultsFor = (...items: readonly ReturnType<typeof ignored>[]) => toResults([{ items }], new Map(), 'r');

function linesOf(write: () => void): unknown[] {
  const lines: unknown[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
  write();
  return lines;
}

it('an event with one result has one line, with the trace of that result', () => {
  const lines = linesOf(() => logMessages(createLog('info'), resultsFor(ignored('a', 't')), CONTEXT));
  expect(lines).toMatchObject([{ asset_id: 'a', trace_id: 't', trigger: 'sns' }]);
});

it('an event with several results has a line for each, and one with the summary', () => {
  const messages = resultsFor(ignored('a', 't'), ignored('b', 'u'));
  expect(linesOf(() => logMessages(createLog('info'), messages, CONTEXT))).toMatchObject([
    { asset_id: 'a', trace_id: 't' },
    { asset_id: 'b', trace_id: 'u' },
    { summary: { ignored: 2 }, trace_id: 'whole', level: 'INFO' },
  ]);
});

it('an event without a result has the line with the summary', () => {
  expect(linesOf(() => logMessages(createLog('info'), [], CONTEXT))).toMatchObject([{ summary: {} }]);
});

it('an event that failed has one line, with the results so far and the error', () => {
  const failure = new Failure('config', { detail: 'd' });
  const messages = resultsFor(ignored('a', 't'));
  expect(linesOf(() => logFailure(createLog('info'), failure, CONTEXT, messages))).toMatchObject([
    { level: 'ERROR', summary: { ignored: 1 }, error: { code: 'CONFIG', message: 'd' } },
  ]);
  expect(linesOf(() => logFailure(createLog('info'), 'bug', CONTEXT))).toMatchObject([
    { level: 'ERROR', summary: {}, error: { code: 'INTERNAL' } },
  ]);
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';

it.each([
  ['direct', undefined, { asset_id: 'a' }],
  ['cloudevents', TRACE, { specversion: '1.0', type: 't', traceparent: `00-${TRACE}-b7ad6b7169203331-01` }],
  ['unknown', undefined, { something: 'else' }],
  ['unknown', undefined, null],
])('an event that is not read is logged as %s', (trigger, traceId, event) => {
  expect(recogniseEvent(event)).toEqual({ trigger, traceId });
});

it('an event that cannot even be looked at is unknown', () => {
  const hostile = new Proxy({}, { getOwnPropertyDescriptor: () => expect.unreachable() });
  expect(recogniseEvent(hostile)).toEqual({ trigger: 'unknown', traceId: undefined });
});
