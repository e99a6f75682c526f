import { describe, expect, it } from 'vitest';
import { type Conclusion, toCancelResult } from '../../../lib/cancel/conclusion.ts';
import { REASONS, type Reason } from '../../../lib/cancel/reasons.ts';
import { toHttpResponse } from '../../../lib/http/response.ts';

const ROWS: Readonly<Record<Reason, readonly [status: number, title?: string]>> = {
  cancelled: [200],
  cancelled_inferred: [200],
  ignored: [200],
  not_queued: [409, 'No transcode task is waiting'],
  not_queued_after_doubt: [409, 'No transcode task is waiting'],
  too_early: [503, 'Too early to cancel'],
  not_found: [404, 'Asset not found'],
  unsupported_event: [400, 'Not an HTTP request'],
  missing_asset_id: [400, 'Asset id missing'],
  invalid_asset_id: [400, 'Asset id malformed'],
  conflicting_asset_id: [400, 'Conflicting asset ids'],
  invalid_body: [400, 'Body malformed'],
  method_not_allowed: [405, 'Method not allowed'],
  body_too_large: [413, 'Body too large'],
  throttled: [503, 'Throttled by VOD'],
  pace_limit: [503, 'Pace limit reached'],
  vod_internal: [502, 'VOD internal error'],
  unavailable: [503, 'VOD unavailable'],
  unreachable: [502, 'VOD unreachable'],
  untrusted: [502, 'VOD not trusted'],
  unsettled: [504, 'Outcome unknown'],
  deadline: [504, 'No time left'],
  clock_off: [502, 'Refused by VOD: clock off'],
  refused: [502, 'Refused by VOD'],
  undocumented: [502, 'Undocumented answer from VOD'],
  undocumented_retryable: [502, 'Undocumented answer from VOD'],
  vod_error: [502, 'Rejected by VOD'],
  key_paused: [503, 'Key paused after a refusal'],
  config: [500, 'Function not configured'],
  config_unavailable: [500, 'Configuration unavailable'],
  internal: [500, 'Internal error'],
};

function respond(conclusion: Conclusion, multiValueHeaders = false) {
  const result = toCancelResult(conclusion, 'a', 'r-1');
  return { result, response: toHttpResponse(conclusion, result, multiValueHeaders) };
}

const OUTCOMES_OF_2XX = ['cancelled', 'ignored'];

describe.each(Object.keys(REASONS) as Reason[])('the response for %s', (reason) => {
  const [status, title] = ROWS[reason];
  const { result, response } = respond({ reason, attempts: 1 });

  it('has its status, and the plain result or a problem with all its members', () => {
    expect(response.statusCode).toBe(status);
    const problem = {
      type: `urn:problem:vod-transcode-cancel:${reason.replaceAll('_', '-')}`,
      title,
      status,
    };
    expect(JSON.parse(response.body)).toEqual(title === undefined ? result : { ...problem, ...result });
    expect(OUTCOMES_OF_2XX.includes(result.outcome)).toBe(status === 200);
  });

  it('has its headers', () => {
    expect(response).toMatchObject({ isBase64Encoded: false });
    expect(response.multiValueHeaders).toBeUndefined();
    expect(response.headers).toEqual({
      'content-type': title === undefined ? 'application/json; charset=utf-8' : 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'r-1',
      ...(status === 405 && { allow: 'DELETE, POST' }),
      ...(status === 503 && { 'retry-after': '60' }),
    });
  });
});

it.each([
  [undefined, '60'],
  [0, '1'],
  [1_000, '1'],
  [1_001, '2'],
  [3_600_000, '3600'],
  [3_600_001, '3600'],
])('retry-after for %s ms is %s s', (retryAfterMs, expected) => {
  const { response } = respond({ reason: 'throttled', attempts: 1, retryAfterMs });
  expect(response.headers).toMatchObject({ 'retry-after': expected });
});

it('headers are lists for a gateway that wants multiValueHeaders', () => {
  const { response } = respond({ reason: 'method_not_allowed', attempts: 0 }, true);
  expect(response).not.toHaveProperty('headers');
  expect(response).toMatchObject({ statusCode: 405, isBase64Encoded: false });
  expect(response.multiValueHeaders).toMatchObject({ allow: ['DELETE, POST'], 'x-request-id': ['r-1'] });
});
