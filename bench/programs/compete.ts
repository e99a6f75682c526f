// First, so that the clock starts before anything is loaded.

import { writeSync } from 'node:fs';
import { type Account, assetIdAt, type Instructions, REPORT_FD, type Sample } from '../protocol.ts';
import { now, startedAt } from './started.ts';
import { measureWarm } from './warm.ts';

/** A contestant that is loaded and ready for its first call. */
export interface Contestant {
  /** Cancels one asset. Rejects unless VOD confirmed it. */
  cancel(assetId: string): Promise<void>;
  /** Sends a request that is refused before the network; undefined if the contestant checks nothing. */
  readonly refuse?: () => Promise<void>;
}

/**
 * Loads a contestant as its host would.
 *
 * @param subject - the file to load
 * @returns creates the contestant. Everything that a host does before the first request is done then
 */
export type Load = (subject: string, account: Account) => Promise<() => Contestant>;

/** Runs a contestant through its instructions, reports, and ends the process. */
export async function compete(load: Load): Promise<void> {
  const { subject, account, warm } = JSON.parse(process.argv[2] ?? '') as Instructions;
  const open = await load(subject, account);
  const loadedAt = now();
  const contestant = open();
  await contestant.cancel(assetIdAt(0));
  const endedAt = now();
  const sample: Sample = {
    loadMs: loadedAt - startedAt,
    firstCallMs: endedAt - loadedAt,
    firstResultMs: endedAt - startedAt,
    ...(warm !== undefined && (await measureWarm(contestant, warm))),
  };
  writeSync(REPORT_FD, JSON.stringify(sample));
  // Idle connections would keep the process alive. The callback waits for the rest of the log.
  process.stdout.write('', () => process.exit(0));
}
