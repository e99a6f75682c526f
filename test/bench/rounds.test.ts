import { expect, it } from 'vitest';
import type { Contestant, ContestantName } from '../../bench/contestants.ts';
import { runRounds } from '../../bench/rounds.ts';

const contestant = (name: ContestantName): Contestant => ({ name, title: name, role: 'sdk', program: '', subject: '' });

it('runs all of them by turns, and begins every round with another one', async () => {
  const order: string[] = [];
  const all = (['cancel-http', 'sdk-bundled', 'floor'] as const).map(contestant);
  const rounds = await runRounds(4, all, async ({ name }) => {
    order.push(name);
    return { loadMs: order.length };
  });
  expect(order).toEqual([
    ...['cancel-http', 'sdk-bundled', 'floor'],
    ...['sdk-bundled', 'floor', 'cancel-http'],
    ...['floor', 'cancel-http', 'sdk-bundled'],
    ...['cancel-http', 'sdk-bundled', 'floor'],
  ]);
  expect(rounds[1]).toEqual({ 'sdk-bundled': { loadMs: 4 }, floor: { loadMs: 5 }, 'cancel-http': { loadMs: 6 } });
});
