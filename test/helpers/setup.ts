import type { TestProject } from 'vitest/node';
import { buildWhenOld } from '../../local/bundles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The seed of all properties of a run. */
    readonly seed: number;
    /** Factor for the number of runs of the listed properties. */
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
