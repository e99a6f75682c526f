import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seeded } from '../../../bench/seeded.ts';
import { cancelEach } from '../../../lib/cancel/batch.ts';

/** The order in which the cancels of a batch begin. */
async function orderOf(messages: readonly (readonly string[])[], seed = 1, concurrency = 1): Promise<string[]> {
  const order: string[] = [];
  const conclusions = await cancelEach(messages, {
    concurrency,
    random: seeded(seed),
    cancel: async (assetId) => {
      order.push(assetId);
      return { reason: 'cancelled', attempts: 1 };
    },
  });
  expect([...conclusions.keys()].sort()).toEqual([...order].sort());
  return order;
}

const id = fc.integer({ min: 0, max: 40 }).map(String);
const messages = fc.array(fc.array(id, { maxLength: 20 }), { maxLength: 8 });
const seed = fc.integer({ min: 1, max: 1_000_000 });

it('cancels each id once, however many messages name it', async () => {
  await fc.assert(
    fc.asyncProperty(messages, seed, fc.integer({ min: 1, max: 5 }), async (given, random, concurrency) => {
      expect((await orderOf(given, random, concurrency)).sort()).toEqual([...new Set(given.flat())].sort());
    }),
  );
});

it('gives each message its turn: none is two ids ahead of one that still waits', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(sizes, seed, async (lengths, random) => {
      const given = lengths.map((length, message) => Array.from({ length }, (_, index) => `${message}/${index}`));
      const done = lengths.map(() => 0);
      for (const one of await orderOf(given, random)) {
        const message = Number(one.split('/')[0]);
        done[message] = (done[message] ?? 0) + 1;
        const waiting = done.filter((count, index) => count < (lengths[index] ?? 0));
        for (const count of waiting) expect((done[message] ?? 0) - count).toBeLessThanOrEqual(1);
      }
    }),
  );
});

it('shuffles the messages, and the ids of each', async () => {
  const given = ['a', 'b', 'c', 'd'].map((name) => Array.from({ length: 4 }, (_, index) => `${name}${index}`));
  const orders = await Promise.all(Array.from({ length: 200 }, (_, index) => orderOf(given, index + 1)));
  expect(new Set(orders.map(([first]) => first)).size).toBe(16);
});

it('does not spend the turn of a message on an id that another message has named', async () => {
  const order: string[] = [];
  const cancel = async (assetId: string) => {
    order.push(assetId);
    return { reason: 'cancelled' as const, attempts: 1 };
  };
  // The largest random number leaves a list as it is. Ids are taken from its end.
  const inOrder = { concurrency: 1, random: () => 1 - Number.EPSILON, cancel };
  const given = [
    ['a', 'b', 'shared'],
    ['c', 'd', 'shared'],
  ];
  await cancelEach(given, inOrder);
  expect(order).toEqual(['shared', 'd', 'b', 'c', 'a']);
});

it.each([
  [1, 1],
  [3, 3],
  [1_000, 5],
])('with a concurrency of %i, %i of five cancels are in flight at once', async (concurrency, together) => {
  let inFlight = 0;
  let most = 0;
  const cancel = async () => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight -= 1;
    return { reason: 'cancelled' as const, attempts: 1 };
  };
  await cancelEach([['a', 'b', 'c', 'd', 'e']], { concurrency, random: Math.random, cancel });
  expect(most).toBe(together);
});

it('concludes a cancel that throws as a bug, and goes on with the others', async () => {
  const bug = new TypeError('bug');
  const cancel = async (assetId: string) => {
    if (assetId === 'b') throw bug;
    return { reason: 'cancelled' as const, attempts: 1 };
  };
  const conclusions = await cancelEach([['a', 'b', 'c']], { concurrency: 1, random: Math.random, cancel });
  expect([...conclusions].sort()).toMatchObject([
    ['a', { reason: 'cancelled' }],
    ['b', { reason: 'internal', cause: bug }],
    ['c', { reason: 'cancelled' }],
  ]);
});
