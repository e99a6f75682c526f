import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyAnswer } from '../../../lib/vod/classify.ts';
import { ERROR_CODES } from '../../../lib/vod/error-codes.ts';
import gatewayCodes from '../../vectors/gateway-error-codes.json' with { type: 'json' };
import vodCodes from '../../vectors/vod-error-codes.json' with { type: 'json' };

const SECRETS = ['AK-EXAMPLE', 'SECRETKEY0123456789', 'TOKEN0123456789'];

const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}) =>
  classifyAnswer({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }, 0, SECRETS);

const coded = (status: number, code: string) => answer(status, { error_code: code, error_msg: 'the secret is SK-1' });

describe('the documented codes', () => {
  it('are all in the table where a cancel can meet them', () => {
    const met = vodCodes.filter(({ for_cancel }) => !for_cancel.startsWith('not expected')).map(({ code }) => code);
    const missing = [...met, ...gatewayCodes.map(({ code }) => code)].filter((code) => !(code in ERROR_CODES));
    expect(missing).toEqual([]);
  });

  it.each<readonly [string, string]>([
    ['VOD.10083', 'not_queued'],
    ['VOD.10062', 'not_found'],
    ['VOD.10051', 'internal'],
    ['VOD.10052', 'internal'],
    ['VOD.10136', 'internal'],
    ['VST.10002', 'internal'],
    ['APIGW.0308', 'throttled'],
    ['APIG.0308', 'throttled'],
    ['VOD.10127', 'throttled'],
    ['PAP5.0001', 'refused'],
    ['APIG.0301', 'refused'],
    ['APIG.0399', 'refused'],
    ...['VOD.10054', 'VOD.10055', 'VOD.10056', 'VOD.10057', 'VOD.10074', 'VOD.10111', 'VOD.10120', 'VOD.10132'].map(
      (code) => [code, 'refused'] as const,
    ),
    ...['VOD.10133', 'VOD.10138', 'VST.10004', 'APIGW.0301', 'APIGW.0302', 'APIGW.0310', 'APIGW.0399'].map(
      (code) => [code, 'refused'] as const,
    ),
    ...['APIGW.0401', 'APIGW.0402', 'APIGW.0802'].map((code) => [code, 'refused'] as const),
  ])('%s is %s under any status', (code, verdict) => {
    for (const status of [200, 302, 400, 403, 404, 429, 500, 503]) {
      expect(coded(status, code)).toMatchObject({ verdict, error: { code } });
    }
  });

  it('reads any other code by its status', () => {
    expect(coded(403, 'VOD.10053').verdict).toBe('rejected');
    expect(coded(400, 'VOD.99999').verdict).toBe('rejected');
    expect(coded(500, 'APIGW.0611').verdict).toBe('internal');
    expect(coded(502, 'APIGW.0201').verdict).toBe('internal');
    expect(coded(414, 'APIGW.0201').verdict).toBe('rejected');
    expect(coded(404, 'APIGW.0101')).toMatchObject({ verdict: 'undocumented', error: { code: 'APIGW.0101' } });
    expect(coded(429, 'VOD.99999').verdict).toBe('throttled');
  });

  it.each(['APIGW.0301', 'APIGW.0303', 'APIGW.0305', 'APIGW.0307', 'APIG.0301', 'APIG.0307', 'VOD.10054', 'VST.10004'])(
    '%s is guarded',
    (code) => {
      expect(coded(403, code).guarded).toBe(true);
    },
  );

  it('guards any 401 and no refusal of a permission', () => {
    expect(answer(401, '<html>').guarded).toBe(true);
    expect(coded(403, 'VOD.10074').guarded).toBe(false);
    expect(coded(403, 'APIGW.0302').guarded).toBe(false);
  });

  it.each(['VOD.10051', 'APIGW.0308', 'VOD.99999'])('never tries a 401 again, whatever its code: %s', (code) => {
    expect(coded(401, code)).toMatchObject({ verdict: 'refused', guarded: true, error: { code } });
  });

  it.each([
    ['VOD.10083', 'not_queued'],
    ['VOD.10062', 'not_found'],
  ])('guards a 401 that decides, too: %s', (code, verdict) => {
    expect(coded(401, code)).toMatchObject({ verdict, guarded: true });
  });

  it('reads the form of IAM', () => {
    expect(answer(403, { error: { code: 'APIGW.0301', message: 'x' } }).error?.code).toBe('APIGW.0301');
    expect(answer(401, { error: { code: 401, message: 'x' } })).toMatchObject({
      verdict: 'refused',
      error: { code: 'VOD_BAD_RESPONSE' },
    });
  });
});

describe('answers that VOD does not document', () => {
  it.each([
    [200, ''],
    [200, '{}'],
    [202, '{"asset_id":"1"}'],
    [301, ''],
    [307, '{"error_code":"VOD.10053"}'],
  ])('%i with %j may pass', (status, body) => {
    expect(answer(status, body).verdict).toBe('undocumented_retryable');
  });

  it.each([
    [400, ''],
    [400, 'null'],
    [400, '[]'],
    [400, '"VOD.10083"'],
    [403, '<html>'],
    [404, '{}'],
    [404, '{"error_code":"VOD.10053"}'],
    [418, '{"error_code":7}'],
    [400, '{"error_code":["VOD.10083"]}'],
  ])('%i with %j will not', (status, body) => {
    expect(answer(status, body).verdict).toBe('undocumented');
  });

  it.each([408, 500, 502, 503, 504, 599])('%i is an internal error whatever its body', (status) => {
    expect(answer(status, '<html>')).toMatchObject({ verdict: 'internal', error: { code: 'VOD_BAD_RESPONSE' } });
  });
});

describe('the message of an error', () => {
  it.each([
    [403, 'VOD.10120', 'arrears'],
    [400, 'VOD.10053', 'parameter'],
    [403, 'APIG.0399', 'gateway refused'],
    [400, 'VOD.99999', 'does not know'],
    [500, 'VOD.99999', 'internal error'],
    [401, 'VOD.99999', 'refused the credentials'],
    [429, undefined, 'rate limit'],
    [400, undefined, 'not document'],
  ])('of %i with the code %s is our own: %s', (status, code, words) => {
    expect(answer(status, code === undefined ? '' : { error_code: code }).error?.message).toMatch(words);
  });
});

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
      expect(coded(status, code).keyAccepted).toBe(true);
    }
  });

  it('is accepted by a 204', () => {
    expect(answer(204).keyAccepted).toBe(true);
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
    expect(answer(status, body).keyAccepted).toBe(false);
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

  it('of an answer that refuses no key is not looked at', () => {
    const late = { status: 500, headers: { date: at(86_400_000) }, body: '' };
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
