import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Pacer } from '../../lib/limits/pacer.ts';
import { format, type Table } from '../table.ts';

const ROUNDS = 7;
const CALLS = 50_000;

/** What the pace costs a call whose window is full. @returns microseconds, the median round, and bytes that stay */
async function costAt(limit: number): Promise<readonly [microseconds: number, bytes: number]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let now = 0;
  const pacer = new Pacer(() => now);
  const make = async (calls: number): Promise<void> => {
    for (let i = 0; i < calls; i += 1) {
      now += 60_101 / limit;
      const slot = await pacer.acquire(limit, 0);
      if (slot.kind === 'slot') slot.release('admitted');
    }
  };
  collect();
  const before = process.memoryUsage().heapUsed;
  await make(3 * limit);
  collect();
  const bytes = (process.memoryUsage().heapUsed - before) / limit;
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await make(CALLS);
    rounds.push((1_000 * (performance.now() - startedAt)) / CALLS);
  }
  return [rounds.sort((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0, bytes];
}

/** Compares two limits. Bytes are told at the larger one alone: those of 100 calls are lost in noise. */
export async function costOfCall(): Promise<Table> {
  await costAt(100);
  const [few] = await costAt(100);
  const [many, bytes] = await costAt(10_000);
  return {
    head: ['`VOD_CALLS_PER_MINUTE`', 'µs a call', 'bytes a call in the window'],
    rows: [
      ['100', format(few, 1), ''],
      ['10,000', format(many, 1), format(bytes, 0)],
    ],
  };
}
