import { now, startedAt } from './clock.ts';
// The clock comes first: it starts before anything else is loaded.

import { writeSync } from 'node:fs';
import type { Sample } from '../figures.ts';
import { assetIdAt, type Instructions, REPORT_FD } from '../protocol.ts';
import { load } from './load.ts';
import { measureWarm } from './warm.ts';

/** Runs a candidate as the instructions say, reports, and ends the process. */
async function main(): Promise<void> {
  const instructions = JSON.parse(process.argv[2] ?? '') as Instructions;
  const candidate = await load(instructions);
  const loadedAt = now();
  await candidate.cancel(assetIdAt(0));
  const endedAt = now();
  const { warm } = instructions;
  const sample: Sample =
    warm === undefined
      ? { loadMs: loadedAt - startedAt, firstCallMs: endedAt - loadedAt, firstResultMs: endedAt - startedAt }
      : await measureWarm(candidate, warm);
  writeSync(REPORT_FD, JSON.stringify(sample));
  // Idle connections would keep the process alive. The callback waits for the rest of the log.
  process.stdout.write('', () => process.exit(0));
}

void main();
