import { expect, it } from 'vitest';
import { concludeError } from '../../../lib/cancel/failure.ts';
import { countResults, notAfterByAsset, toResults } from '../../../lib/events/results.ts';

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
