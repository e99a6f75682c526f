import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../lib/vod/error-codes.ts';
import gatewayCodes from '../../vectors/gateway-error-codes.json' with { type: 'json' };
import vodCodes from '../../vectors/vod-error-codes.json' with { type: 'json' };
import { answer, coded } from './classified.ts';

describe('the documented codes', () => {
  it('are all in the table where a cancel can meet them', () => {
    const met = vodCodes.filter(({ for_cancel }) => !for_cancel.startsWith('not expected')).map(({ code }) => code);
    const missing = [...met, ...gatewayCodes.map(({ code }) => code)].filter((code) => !(code in ERROR_CODES));
    expect(missing).toEqual([]);
  });

  it.each<readonly [string, string]>([
    ['VOD.10083', 'not_queued'],
    ['VOD.10062', 'not_found'],
    ['VOD.10051', 'vod_internal'],
    ['VOD.10052', 'vod_internal'],
    ['VOD.10136', 'vod_internal'],
    ['VST.10002', 'vod_internal'],
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
    expect(coded(403, 'VOD.10053').verdict).toBe('vod_error');
    expect(coded(400, 'VOD.99999').verdict).toBe('vod_error');
    expect(coded(500, 'APIGW.0611').verdict).toBe('vod_internal');
    expect(coded(502, 'APIGW.0201').verdict).toBe('vod_internal');
    expect(coded(414, 'APIGW.0201').verdict).toBe('vod_error');
    expect(coded(404, 'APIGW.0101')).toMatchObject({ verdict: 'undocumented', error: { code: 'APIGW.0101' } });
    expect(coded(429, 'VOD.99999').verdict).toBe('throttled');
  });

  it.each(['APIGW.0301', 'APIGW.0303', 'APIGW.0305', 'APIGW.0307', 'APIG.0301', 'APIG.0307', 'VOD.10054', 'VST.10004'])(
    '%s is guarded',
    (code) => {
      expect(coded(403, code).keyVerdict).toBe('refused');
    },
  );

  it('guards any 401 and no refusal of a permission', () => {
    expect(answer(401, '<html>').keyVerdict).toBe('refused');
    expect(coded(403, 'VOD.10074').keyVerdict).not.toBe('refused');
    expect(coded(403, 'APIGW.0302').keyVerdict).not.toBe('refused');
  });

  it.each(['VOD.10051', 'APIGW.0308', 'VOD.99999'])('never tries a 401 again, whatever its code: %s', (code) => {
    expect(coded(401, code)).toMatchObject({ verdict: 'refused', keyVerdict: 'refused', error: { code } });
  });

  it.each([
    ['VOD.10083', 'not_queued'],
    ['VOD.10062', 'not_found'],
  ])('guards a 401 that decides, too: %s', (code, verdict) => {
    expect(coded(401, code)).toMatchObject({ verdict, keyVerdict: 'refused' });
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
    expect(answer(status, '<html>')).toMatchObject({ verdict: 'vod_internal', error: { code: 'VOD_BAD_RESPONSE' } });
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
