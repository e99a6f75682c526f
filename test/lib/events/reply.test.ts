import { describe, expect, it } from 'vitest';
import { toCancelResult } from '../../../lib/cancel/conclusion.ts';
import { Failure } from '../../../lib/cancel/failure.ts';
import type { Reason } from '../../../lib/cancel/reasons.ts';
import { CancelIncompleteError } from '../../../lib/events/incomplete-error.ts';
import { toReply } from '../../../lib/events/reply.ts';
import { type MessageResults, resultsOf, summarise, unfinished } from '../../../lib/events/results.ts';

const ERROR = { code: 'VOD.10051', message: 'm' };

function message(itemIdentifier: string | undefined, ...reasons: readonly Reason[]): MessageResults {
  return {
    itemIdentifier,
    entries: reasons.map((reason, index) => ({
      result: toCancelResult({ reason, attempts: 1, error: ERROR }, `id-${index}`, 'r'),
      waitedMs: undefined,
      supersededBy: undefined,
      traceId: undefined,
      cause: undefined,
    })),
  };
}

const DONE = message('done', 'cancelled', 'ignored', 'not_found', 'not_queued');
const OPEN = message('open', 'cancelled', 'throttled');
const UNKNOWN = message('unknown', 'unsettled');
const NAMELESS = message(undefined, 'cancelled');

describe('the reply to a source that understands a throw', () => {
  it('has all results and their summary if all are done', () => {
    expect(toReply([DONE, NAMELESS], 'throw')).toEqual({
      results: [...resultsOf(DONE), ...resultsOf(NAMELESS)],
      summary: { cancelled: 2, ignored: 1, not_found: 1, not_queued: 1 },
    });
  });

  it.each([
    ['failed', OPEN, '1 of 6 cancels not completed: id-1 (VOD.10051)'],
    ['unknown', UNKNOWN, '1 of 5 cancels not completed: id-0 (VOD.10051)'],
  ])('is a throw if one is %s', (_, open, text) => {
    expect(() => toReply([DONE, open], 'throw')).toThrow(new CancelIncompleteError('VOD.10051', text));
  });
});

describe('the reply to SQS', () => {
  it('names each message that is not done, once', () => {
    const results = [DONE, OPEN, UNKNOWN, OPEN].flatMap(resultsOf);
    expect(toReply([DONE, OPEN, UNKNOWN, OPEN], 'batch_item_failures')).toEqual({
      batchItemFailures: [{ itemIdentifier: 'open' }, { itemIdentifier: 'unknown' }],
      results,
      summary: summarise(results),
    });
    expect(toReply([DONE], 'batch_item_failures')).toMatchObject({ batchItemFailures: [] });
  });

  it('is a throw if a record has no name to report it by', () => {
    expect(() => toReply([DONE, NAMELESS], 'batch_item_failures')).toThrow(
      expect.objectContaining({ reason: 'unsupported_event', detail: expect.stringContaining('messageId') }),
    );
    expect(() => toReply([OPEN, NAMELESS], 'batch_item_failures')).toThrow(CancelIncompleteError);
  });
});

describe('the error that keeps an event', () => {
  it('names the first ten assets and counts the others', () => {
    const results = resultsOf(message('m', ...Array.from({ length: 12 }, () => 'throttled' as const)));
    const named = results.slice(0, 10).map(({ asset_id }) => `${asset_id} (VOD.10051)`);
    const { message: text, code, name } = CancelIncompleteError.for(results, 20);
    expect([text, code, name]).toEqual([
      `12 of 20 cancels not completed: ${named.join(', ')}, and 2 more`,
      'VOD.10051',
      'CancelIncompleteError',
    ]);
    expect(CancelIncompleteError.for(results.slice(0, 10), 20).message).not.toContain('more');
  });

  it('says where no valid id was read', () => {
    const [result] = resultsOf(message('m', 'internal'));
    const unnamed = result ? [{ ...result, asset_id: null }] : [];
    expect(CancelIncompleteError.for(unnamed, 1).message).toBe('1 of 1 cancels not completed: no valid id (VOD.10051)');
    expect(CancelIncompleteError.for([], 1).code).toBe('INTERNAL');
  });

  it.each([
    ['a failure', new Failure('config', { detail: 'd' }), 'CONFIG', 'CONFIG: d'],
    [
      'a bug',
      new TypeError('secret'),
      'INTERNAL',
      'INTERNAL: The function failed because of an error in its own code.',
    ],
    ['no error', 'secret', 'INTERNAL', 'INTERNAL: The function failed because of an error in its own code.'],
  ])('is made of %s', (_, thrown, code, text) => {
    expect(CancelIncompleteError.of(thrown)).toMatchObject({ code, message: text });
  });

  it('is made of itself', () => {
    const error = new CancelIncompleteError('C', 'm');
    expect(CancelIncompleteError.of(error)).toBe(error);
    expect([CancelIncompleteError.name, error.constructor.name]).toEqual(Array(2).fill('CancelIncompleteError'));
  });
});

it('the unfinished results are the failed and the unknown ones', () => {
  const results = [DONE, OPEN, UNKNOWN].flatMap(resultsOf);
  expect(unfinished(results).map(({ outcome }) => outcome)).toEqual(['failed', 'unknown']);
});
