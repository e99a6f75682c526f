import { describe, expect, it } from 'vitest';
import { classifyLoss } from '../../../lib/vod/loss.ts';
import { type LossKind, TransportError, type WireHead } from '../../../lib/vod/transport.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

const lossOf = (kind: LossKind, code?: unknown) =>
  classifyLoss(new TransportError(kind, { cause: Object.assign(new Error('SECRET'), { code }) }), NOW);

describe('an answer that never came', () => {
  it.each([
    ['unreachable', 'unreachable', 'VOD_UNREACHABLE'],
    ['timeout', 'lost', 'VOD_TIMEOUT'],
    ['connection_lost', 'lost', 'VOD_CONNECTION_LOST'],
  ] as const)('with the loss %s has the verdict %s and the code %s', (kind, verdict, code) => {
    expect(classifyLoss(new TransportError(kind), NOW)).toEqual({
      verdict,
      error: { code, message: expect.any(String) },
    });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPROTO'])(
    'for %s names it as the cause',
    (code) => expect(lossOf('unreachable', code)).toMatchObject({ verdict: 'unreachable', error: { cause: code } }),
  );

  it.each(['ECONNRESET', 'EPIPE'])('for %s, after the request was sent, names it as the cause', (code) => {
    expect(lossOf('connection_lost', code)).toMatchObject({ verdict: 'lost', error: { cause: code } });
  });

  it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_REVOKED'])(
    'for the certificate error %s is untrusted',
    (code) => expect(lossOf('unreachable', code)).toMatchObject({ verdict: 'untrusted', error: { cause: code } }),
  );

  it.each(['ERR_SSL_WRONG_VERSION_NUMBER', 'HPE_INVALID_CONSTANT', 'SECRET', '', 1, null, undefined, ['ECONNRESET']])(
    'for %j names no cause, and nothing of the error',
    (code) => {
      expect(lossOf('unreachable', code).error).not.toHaveProperty('cause');
      expect(JSON.stringify(lossOf('connection_lost', code))).not.toContain('SECRET');
    },
  );

  it('on a used connection, before the first byte of the answer, says so', () => {
    const options = { reusedConnectionLost: true };
    expect(classifyLoss(new TransportError('connection_lost', options), NOW)).toMatchObject(options);
  });
});

describe('an answer whose head came and whose body was lost', () => {
  const lossAfter = (status: number, headers: WireHead['headers'] = {}) =>
    classifyLoss(new TransportError('connection_lost', { head: { status, headers } }), NOW);

  it.each([
    [401, 'refused'],
    [403, 'unsettled'],
    [500, 'unsettled'],
  ])('with the status %i is lost, and the key is %s', (status, keyVerdict) => {
    expect(lossAfter(status)).toMatchObject({ verdict: 'lost', keyVerdict });
  });

  it.each([
    [429, 7_000],
    [503, 7_000],
    [500, undefined],
  ])('with the status %i binds by its Retry-After for %s ms', (status, retryAfterMs) => {
    const at = (ms: number) => new Date(NOW + ms).toUTCString();
    expect(lossAfter(status, { 'retry-after': '7' })).toMatchObject({ verdict: 'lost', retryAfterMs });
    expect(lossAfter(status, { date: at(60_000), 'retry-after': at(67_000) })).toMatchObject({ retryAfterMs });
  });
});
