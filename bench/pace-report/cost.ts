import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WINDOW_MS } from '../../lib/limits/call-window.ts';
import { Pacer } from '../../lib/limits/pacer.ts';
import { percentile } from '../statistics.ts';
import { format, type Table } from '../table.ts';

/** Calls in the windows of all pacers together: so many that their bytes can be measured. */
const CALLS = 20_000;
const ROUNDS = 7;

/** What the pace costs a call whose window is full: the time of the median round, and the memory that a window keeps. */
async function costAt(limit: number, collect: () => void): Promise<readonly [microseconds: number, bytes: number]> {
  let now = 0;
  const pacers = Array.from({ length: CALLS / limit }, () => new Pacer(() => now));
  const round = async (): Promise<number> => {
    const startedAt = performance.now();
    for (let call = 0; call < limit; call += 1) {
      now += (WINDOW_MS + 1) / limit;
      for (const pacer of pacers) {
        const slot = await pacer.acquire(limit, 0);
        if (slot.kind === 'slot') slot.release('admitted');
      }
    }
    return (1_000 * (performance.now() - startedAt)) / CALLS;
  };
  collect();
  const before = process.memoryUsage().heapUsed;
  await round();
  collect();
  const bytes = (process.memoryUsage().heapUsed - before) / CALLS;
  const rounds: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) rounds.push(await round());
  return [percentile(rounds, 50), bytes];
}

/** Compares two limits. */
export async function costOfCall(): Promise<Table> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const table = [['`VOD_CALLS_PER_MINUTE`', 'µs a call', 'bytes a call in the window']];
  // Not counted: the engine compiles the code first.
  await costAt(100, collect);
  for (const limit of [100, 10_000]) {
    const [microseconds, bytes] = await costAt(limit, collect);
    table.push([format(limit, 0), format(microseconds, 1), format(bytes, 0)]);
  }
  return table;
}
