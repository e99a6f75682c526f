import { describe, expect, it } from 'vitest';
import { toCancelResult } from '../../../lib/cancel/conclusion.ts';
import type { Reason } from '../../../lib/cancel/reasons.ts';
import type { CancelResult } from '../../../lib/cancel/result.ts';
import { bareHost } from '../../../lib/host/bare.ts';
import { callLog, type LogContext, logResult, logSummary } from '../../../lib/log/lines.ts';
import type { Log } from '../../../lib/log/log.ts';

const CONTEXT: LogContext = {
  invocation: { host: bareHost(), requestId: 'r-1', coldStart: true, elapsedMs: () => 12.345 },
  trigger: 'sqs',
  traceId: 't-1',
};

type Line = readonly [level: string, fields: Readonly<Record<string, unknown>>];

function recorder(isDebug = false): { readonly log: Log; readonly lines: Line[] } {
  const lines: Line[] = [];
  const write = (level: string, fields: Line[1]): void => {
    lines.push([level, fields]);
  };
  return { log: Object.assign(write, { isDebug }), lines };
}

const resultOf = (reason: Reason): CancelResult => toCancelResult({ reason, attempts: 1 }, 'a', 'r-1');

describe('the line of a result', () => {
  it.each<[string, Reason]>([
    ['info', 'cancelled'],
    ['info', 'not_queued'],
    ['info', 'not_found'],
    ['info', 'ignored'],
    ['warn', 'throttled'],
    ['warn', 'unsettled'],
    ['error', 'refused'],
    ['error', 'internal'],
  ])('has the level %s for %s', (level, reason) => {
    const { log, lines } = recorder();
    logResult(log, resultOf(reason), CONTEXT);
    expect(lines).toMatchObject([[level, { message: `transcode cancel: ${resultOf(reason).outcome}` }]]);
  });

  it('has every member of the result, and what only the log has', () => {
    const { log, lines } = recorder();
    const error = { code: 'VOD.10083', message: 'm' };
    const result = toCancelResult(
      { reason: 'not_queued_after_doubt', attempts: 2, error, transcodeStatus: 'TRANSCODING', vodRequestId: 'v' },
      'a',
      'r-1',
    );
    logResult(log, result, CONTEXT, { waitedMs: 5, supersededBy: 'b' });
    expect(lines).toEqual([
      [
        'info',
        {
          ...result,
          message: 'transcode cancel: not_queued',
          trace_id: 't-1',
          trigger: 'sqs',
          duration_ms: 12.3,
          waited_ms: 5,
          cold_start: true,
          superseded_by: 'b',
        },
      ],
    ]);
  });

  it('has the trace of X-Ray only if there is no other', () => {
    const { log, lines } = recorder();
    const invocation = { ...CONTEXT.invocation, host: { ...bareHost(), xrayTraceId: '1-x' } };
    logResult(log, resultOf('cancelled'), { ...CONTEXT, invocation });
    logResult(log, resultOf('cancelled'), { ...CONTEXT, invocation, traceId: undefined });
    expect(lines.map(([, { trace_id, xray_trace_id }]) => [trace_id, xray_trace_id])).toEqual([
      ['t-1', undefined],
      [undefined, '1-x'],
    ]);
  });

  it('has the stack of a bug without its message', () => {
    const { log, lines } = recorder();
    logResult(log, resultOf('internal'), CONTEXT, { cause: new TypeError('NOT-A-REAL-SECRET') });
    logResult(log, resultOf('internal'), CONTEXT, { cause: 'NOT-A-REAL-SECRET' });
    expect(JSON.stringify(lines)).not.toContain('NOT-A-REAL-SECRET');
    const [[, bug], [, text]] = lines as [Line, Line];
    expect(bug['stack']).toEqual(expect.arrayContaining([expect.stringMatching(/^at .*lines\.test/)]));
    expect(text['stack']).toBeUndefined();
  });
});

describe('the line of a summary', () => {
  it.each<[string, readonly Reason[]]>([
    ['info', []],
    ['info', ['cancelled', 'ignored']],
    ['warn', ['cancelled', 'throttled']],
    ['error', ['throttled', 'refused', 'cancelled']],
  ])('has the level %s for %j', (level, reasons) => {
    const { log, lines } = recorder();
    logSummary(log, reasons.map(resultOf), CONTEXT, { summary: { failed: 1 } });
    const message = 'transcode cancels: handled';
    expect(lines).toMatchObject([[level, { message, summary: { failed: 1 }, trigger: 'sqs', duration_ms: 12.3 }]]);
    expect(lines[0]?.[1]).not.toHaveProperty('attempts');
  });

  it.each<[string, Reason]>([
    ['warn', 'config_unavailable'],
    ['error', 'internal'],
  ])('has the level %s for an event that failed with %s', (level, reason) => {
    const { log, lines } = recorder();
    const error = { code: 'C', message: 'm' };
    const conclusion = { reason, attempts: 0, error, cause: new Error('x') };
    logSummary(log, [resultOf('cancelled')], CONTEXT, { summary: {}, conclusion });
    const stack = expect.any(Array);
    expect(lines).toMatchObject([[level, { message: 'transcode cancels: failed', error, stack, request_id: 'r-1' }]]);
  });
});

describe('the line of a call', () => {
  const call = {
    call: 'cancel',
    assetId: 'a',
    attempt: 2,
    verdict: 'lost',
    status: undefined,
    code: 'VOD_TIMEOUT',
    cause: 'ETIMEDOUT',
    vodRequestId: 'v',
    durationMs: 3.14,
    waitedMs: 7,
    reused: true,
  } as const;

  it('is not written above debug', () => {
    expect(callLog(recorder().log, CONTEXT.invocation)).toBeUndefined();
  });

  it.each([
    [7, 7],
    [0, undefined],
  ])('has its facts; a wait of %s ms is written as %s', (waitedMs, waited_ms) => {
    const { log, lines } = recorder(true);
    callLog(log, CONTEXT.invocation)?.({ ...call, waitedMs });
    expect(lines).toEqual([
      [
        'debug',
        {
          message: 'call to VOD: cancel',
          request_id: 'r-1',
          asset_id: 'a',
          call: 'cancel',
          attempt: 2,
          verdict: 'lost',
          status: undefined,
          code: 'VOD_TIMEOUT',
          cause: 'ETIMEDOUT',
          vod_request_id: 'v',
          duration_ms: 3.1,
          waited_ms,
          reused: true,
        },
      ],
    ]);
  });
});
