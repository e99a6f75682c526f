import { describe, expect, it } from 'vitest';
import { concludeError } from '../../../lib/cancel/failure.ts';
import type { Message } from '../../../lib/events/read-event.ts';
import { countItems, countResults, idsByMessage, notAfterByAsset, toResults } from '../../../lib/events/results.ts';

it('an asset that several messages name may be called for as long as the one that waits longest', () => {
  const notAfterMs = notAfterByAsset([
    { items: [{ kind: 'cancel', assetId: 'a', notAfterMs: 5 }] },
    { items: [{ kind: 'cancel', assetId: 'b', notAfterMs: 5 }] },
    {
      items: [
        { kind: 'cancel', assetId: 'a', notAfterMs: 9 },
        { kind: 'ignored', assetId: 'c', detail: '' },
      ],
    },
    { items: [{ kind: 'cancel', assetId: 'b' }] },
  ]);
  expect([...notAfterMs]).toEqual([
    ['a', 9],
    ['b', Number.POSITIVE_INFINITY],
  ]);
});

it('the number of results is known beforehand, also of those that need no call', () => {
  const messages = [
    {
      items: [
        { kind: 'cancel', assetId: 'a' },
        { kind: 'cancel', assetId: 'a' },
        { kind: 'cancel', assetId: 'b' },
      ],
    },
    { items: [{ kind: 'cancel', assetId: 'a' }] },
    {
      items: [
        { kind: 'ignored', assetId: 'c', detail: '' },
        { kind: 'ignored', assetId: 'c', detail: '' },
      ],
    },
    { items: [] },
  ] as const;
  const results = toResults(messages, new Map([['a', concludeError('a')]]), 'r').flatMap(({ entries }) => entries);
  expect([countResults(messages), results.length]).toEqual([5, 5]);
});

it.each([
  [5, 9],
  [9, 5],
])('the latest moment counts in any order: %s, %s', (...moments) => {
  const messages = moments.map((notAfterMs) => ({ items: [{ kind: 'cancel', assetId: 'a', notAfterMs } as const] }));
  expect(notAfterByAsset(messages).get('a')).toBe(9);
});

describe('the results of messages', () => {
  const conclusion = { reason: 'cancelled', attempts: 1, waitedMs: 3, cause: 'bug' } as const;
  const decided = { reason: 'not_queued', attempts: 0 } as const;
  const failed = {
    reason: 'missing_asset_id',
    attempts: 0,
    error: { code: 'MISSING_ASSET_ID', message: 'm' },
  } as const;
  const messages: readonly Message[] = [
    {
      itemIdentifier: 'm-1',
      items: [
        { kind: 'cancel', assetId: 'a', supersededBy: 'b', traceId: 't' },
        { kind: 'cancel', assetId: 'a' },
        { kind: 'decided', assetId: 'd', conclusion: decided },
        { kind: 'decided', assetId: 'd', conclusion: decided },
        { kind: 'failed', assetId: null, conclusion: failed },
        { kind: 'failed', assetId: null, conclusion: failed },
        { kind: 'ignored', assetId: 'i', detail: 'why' },
      ],
    },
    {
      items: [
        { kind: 'cancel', assetId: 'a' },
        { kind: 'cancel', assetId: 'lost' },
      ],
    },
  ];
  const results = () => toResults(messages, new Map([['a', conclusion]]), 'r');

  it('are one for each distinct item, in order', () => {
    const [first, second] = results();
    expect(first?.entries.map(({ result }) => [result.asset_id, result.outcome, result.request_id])).toEqual([
      ['a', 'cancelled', 'r'],
      ['d', 'not_queued', 'r'],
      [null, 'failed', 'r'],
      [null, 'failed', 'r'],
      ['i', 'ignored', 'r'],
    ]);
    expect([first?.itemIdentifier, second?.itemIdentifier]).toEqual(['m-1', undefined]);
  });

  it('have what only their lines contain', () => {
    const [first] = results();
    expect(first?.entries[0]).toMatchObject({ waitedMs: 3, supersededBy: 'b', traceId: 't', cause: 'bug' });
    expect(first?.entries[2]).toMatchObject({ supersededBy: undefined, traceId: undefined, cause: undefined });
    expect(first?.entries[4]?.result).toMatchObject({ detail: 'why', attempts: 0 });
  });

  it('are the same for an id of several messages, and a bug for one that was not cancelled', () => {
    const [first, second] = results();
    expect(second?.entries[0]?.result).toEqual(first?.entries[0]?.result);
    expect(second?.entries[1]).toMatchObject({
      result: { error: { code: 'INTERNAL' } },
      cause: new TypeError('an asset was not cancelled'),
    });
  });

  it('need a cancel of the ids of cancel items only', () => {
    expect(idsByMessage(messages)).toEqual([
      ['a', 'a'],
      ['a', 'lost'],
    ]);
  });
});

it('the items of an event are counted by kind, beside its messages', () => {
  const ignored = { kind: 'ignored', assetId: 'a', detail: '' } as const;
  const cancel = { kind: 'cancel', assetId: 'a' } as const;
  expect(countItems([{ items: [ignored, cancel] }, { items: [ignored] }, { items: [] }])).toEqual({
    messages: 3,
    ignored: 2,
    cancel: 1,
  });
});
