import type { TestProject } from 'vitest/node';
import { buildWhenOld } from '../../local/bundles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What all properties of a run draw their values from. */
    readonly seed: number;
    /** How many times as often a property runs where it is worth it. */
    readonly thoroughness: number;
  }
}

const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

let isTold = false;

/**
 * Vitest's global setup. Tests run the bundles of the sources as they are now, built once and only when they are old.
 * The seed is printed, so that a run can be repeated.
 */
export default async function setUp(project: TestProject): Promise<void> {
  await buildWhenOld();
  project.provide('seed', SEED);
  if (!isTold) console.log(`The seed of the properties is ${SEED}; SEED=${SEED} repeats it.\n`);
  isTold = true;
}
