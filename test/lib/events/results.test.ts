import { expect, it } from 'vitest';
import { ordersOf } from '../../../lib/events/results.ts';

it('an asset that several messages name may be called for as long as the one that waits longest', () => {
  const orders = ordersOf([
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
  expect([...orders]).toEqual([
    ['a', 9],
    ['b', Number.POSITIVE_INFINITY],
  ]);
});
