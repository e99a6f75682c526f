import { expect, it } from 'vitest';
import { takeRounds } from '../../bench/measure.ts';

it('takes samples of all candidates in turn, and begins every round with another one', async () => {
  const order: string[] = [];
  const rounds = await takeRounds(6, async ({ name }) => {
    order.push(name);
    return { loadMs: order.length };
  });
  const all = ['cancel-http', 'cancel-superseded', 'sdk-installed', 'sdk-bundled', 'floor'];
  for (let n = 0; n < 6; n++) {
    const start = n % 5;
    expect(order.slice(n * 5, n * 5 + 5)).toEqual([...all.slice(start), ...all.slice(0, start)]);
  }
  expect(rounds[1]).toMatchObject({ 'cancel-superseded': { loadMs: 6 }, 'cancel-http': { loadMs: 10 } });
});
