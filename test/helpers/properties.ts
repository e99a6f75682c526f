import fc from 'fast-check';
import { inject } from 'vitest';

// Vitest's setup of each file. A property that says nothing else runs 100 times.
fc.configureGlobal({ seed: inject('seed'), numRuns: 100 });

/** More runs of a property where all that takes long is run. */
export const runs = (few: number): number => few * inject('thoroughness');
