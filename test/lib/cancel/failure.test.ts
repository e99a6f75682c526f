import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { toCancelResult } from '../../../lib/cancel/conclusion.ts';
import { concludeError, Failure, withoutCall } from '../../../lib/cancel/failure.ts';
import { isDone, OUTCOMES } from '../../../lib/cancel/outcome.ts';
import { OWN_ERRORS } from '../../../lib/cancel/own-errors.ts';
import { REASONS, type Reason, type ReasonRow } from '../../../lib/cancel/reasons.ts';
import type { ReasonWithoutCall } from '../../../lib/cancel/reasons-without-call.ts';
import { CancelResultSchema } from '../../../lib/cancel/result-schema.ts';

const CODES: Readonly<Record<ReasonWithoutCall, keyof typeof OWN_ERRORS>> = {
  deadline: 'DEADLINE',
  pace_limit: 'PACE_LIMIT',
  key_paused: 'CREDENTIALS_REFUSED_RECENTLY',
  missing_asset_id: 'MISSING_ASSET_ID',
  invalid_asset_id: 'INVALID_ASSET_ID',
  conflicting_asset_id: 'CONFLICTING_ASSET_ID',
  invalid_body: 'INVALID_BODY',
  body_too_large: 'BODY_TOO_LARGE',
  method_not_allowed: 'METHOD_NOT_ALLOWED',
  unsupported_event: 'UNSUPPORTED_EVENT',
  config: 'CONFIG',
  config_unavailable: 'CONFIG',
  internal: 'INTERNAL',
};

describe.each(Object.entries(CODES) as [ReasonWithoutCall, keyof typeof OWN_ERRORS][])(
  'the reason %s',
  (reason, code) => {
    it(`has the code ${code} and its message`, () => {
      expect(withoutCall(reason)).toEqual({ reason, attempts: 0, error: { code, message: OWN_ERRORS[code] } });
      expect(new Failure(reason)).toMatchObject({ name: 'Failure', reason, code, message: code, detail: undefined });
    });

    it('may have a more exact detail', () => {
      const failure = new Failure(reason, { detail: 'd' });
      expect(failure.message).toBe('d');
      expect(concludeError(failure)).toEqual({ reason, attempts: 0, detail: 'd', error: { code, message: 'd' } });
    });
  },
);

it.each([new TypeError('x'), 'x', undefined])('anything else that is thrown is a bug: %s', (thrown) => {
  const error = { code: 'INTERNAL', message: OWN_ERRORS.INTERNAL };
  expect(concludeError(thrown)).toEqual({ reason: 'internal', attempts: 0, error, cause: thrown });
});

it.each(Object.keys(REASONS) as Reason[])('the result of %s meets the schema', (reason) => {
  const { outcome, retryable, detail, code }: ReasonRow = REASONS[reason];
  expect(v.parse(CancelResultSchema, toCancelResult({ reason, attempts: 0 }, 'a', 'r'))).toMatchObject({
    outcome,
    retryable,
    detail,
  });
  if (code !== undefined) expect(Object.keys(CODES)).toContain(reason);
});

it('a result has nothing that its schema does not have', () => {
  const result = toCancelResult({ reason: 'cancelled', attempts: 1 }, null, 'r');
  for (const wrong of [{ extra: 1 }, { attempts: 0.5 }, { attempts: -1 }, { outcome: 'done' }, { inferred: false }]) {
    expect(v.safeParse(CancelResultSchema, { ...result, ...wrong }).success).toBe(false);
  }
});

it('all outcomes but failed and unknown are done', () => {
  expect(OUTCOMES.filter(isDone)).toEqual(['cancelled', 'not_queued', 'not_found', 'ignored']);
});
