import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyAnswer } from '../../../lib/vod/classify.ts';
import gatewayCodes from '../../vectors/gateway-error-codes.json' with { type: 'json' };
import vodCodes from '../../vectors/vod-error-codes.json' with { type: 'json' };
import { answer, coded, SECRETS } from './classified.ts';

describe('what passes from an answer into a result', () => {
  it('is a code of the documented form, an id and a number, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 599 }),
        fc.json(),
        fc.string(),
        fc.string(),
        (status, body, id, retry) => {
          const attempt = answer(status, body, { 'x-request-id': id, 'retry-after': retry });
          expect(attempt.error?.code ?? 'VOD.1').toMatch(/^(?:[A-Za-z][A-Za-z0-9]{1,15}\.\d{1,12}|VOD_BAD_RESPONSE)$/);
          expect(attempt.vodRequestId ?? 'a').toMatch(/^[0-9A-Za-z-]{1,64}$/);
          expect(attempt.retryAfterMs ?? 0).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it('never is what VOD wrote into its message', () => {
    for (const { code } of [...vodCodes, ...gatewayCodes]) {
      expect(JSON.stringify(coded(403, code))).not.toContain('SK-1');
    }
  });

  it('leaves out a code or an id that could be an echo', () => {
    expect(answer(400, { error_code: 'Authorization: SDK-HMAC-SHA256 Access=AK' }).error?.code).toBe(
      'VOD_BAD_RESPONSE',
    );
    for (const id of ['STS-token+/=', 'TOKEN0123456789', 'x-TOKEN0123456789', 'KEY0123456789']) {
      expect(answer(204, '', { 'x-request-id': id }).vodRequestId).toBeUndefined();
    }
    expect(answer(204, '', { 'x-request-id': '0123' }).vodRequestId).toBe('0123');
  });

  it('takes an id of 8 characters for an echo, and a shorter one for chance', () => {
    expect(answer(204, '', { 'x-request-id': 'TOKEN012' }).vodRequestId).toBeUndefined();
    expect(answer(204, '', { 'x-request-id': 'TOKEN01' }).vodRequestId).toBe('TOKEN01');
  });
});

describe('a code', () => {
  it.each(['PAP5.0001', 'Iam.1', 'vod.10083', 'A1.000000000001', 'ServiceName12345.1'])(
    'is passed on as it is: %s',
    (code) => {
      expect(coded(400, code).error?.code).toBe(code);
    },
  );

  it.each([
    '5PAP.1',
    'V.1',
    'ServiceName123456.1',
    'VOD.',
    'VOD.1a',
    'VOD.1234567890123',
    'VOD-X.1',
    'VOD.1\n',
    ' VOD.1',
  ])('is none where its form is not that of Huawei: %j', (code) => {
    expect(coded(400, code).error?.code).toBe('VOD_BAD_RESPONSE');
  });
});

describe('a key', () => {
  it.each([400, 403, 404, 429, 500, 503])("is accepted by a code of VOD's own under %i", (status) => {
    for (const code of ['VOD.10083', 'VOD.10074', 'VOD.99999', 'VST.10001', 'VOD.10051']) {
      expect(coded(status, code).keyVerdict).toBe('accepted');
    }
  });

  it('is accepted by a 204', () => {
    expect(answer(204).keyVerdict).toBe('accepted');
  });

  it.each([
    [500, ''],
    [502, '<html>'],
    [429, ''],
    [403, '<html>'],
    [200, '{}'],
    [429, { error_code: 'APIGW.0308' }],
    [404, { error_code: 'APIGW.0101' }],
    [403, { error_code: 'PAP5.0001' }],
    [403, { error_code: 'VOD.10054' }],
    [400, { error_code: 'VST.10004' }],
    [401, { error_code: 'VOD.10083' }],
    [400, { error_code: 'VODX.1' }],
  ])('is not accepted by %i with %j', (status, body) => {
    expect(answer(status, body).keyVerdict).not.toBe('accepted');
  });
});

describe('the clock', () => {
  const dated = (status: number, date: string) =>
    classifyAnswer({ status, headers: { date }, body: '{"error_code":"APIGW.0301"}' }, NOW, SECRETS).clockIsOff;
  const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
  const at = (ms: number) => new Date(NOW + ms).toUTCString();

  it.each([-301_000, 301_000, -86_400_000])('is off where a refusal was sent %i ms from now', (ms) => {
    expect(dated(401, at(ms))).toBe(true);
  });

  it.each([at(0), at(300_000), at(-300_000), '', 'yesterday'])(
    'is not known to be off where it was sent at %j',
    (date) => {
      expect(dated(401, date)).toBe(false);
    },
  );

  it.each([
    [500, ''],
    [401, '{"error_code":"VOD.10062"}'],
  ])('of an answer that does not end as refused is not looked at: %i %s', (status, body) => {
    const late = { status, headers: { date: at(86_400_000) }, body };
    expect(classifyAnswer(late, NOW, SECRETS).clockIsOff).toBe(false);
  });

  it('of the answer is the one that a date in Retry-After goes by', () => {
    const headers = { date: at(3_600_000), 'retry-after': at(3_607_000) };
    expect(classifyAnswer({ status: 429, headers, body: '' }, NOW, SECRETS).retryAfterMs).toBe(7_000);
    expect(
      classifyAnswer({ status: 429, headers: { 'retry-after': at(7_000) }, body: '' }, NOW, SECRETS).retryAfterMs,
    ).toBe(7_000);
  });
});
