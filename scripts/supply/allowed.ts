import type { Bundled } from './bundled.ts';

/** Licences that need only the notices in every zip. A licence that is not in the list stops the release. */
const ALLOWED: ReadonlySet<string> = new Set(['Apache-2.0', 'MIT']);

/** Returns a message for each package without a licence, or with one that is not allowed. */
export const licenceProblems = (packages: readonly Bundled[]): string[] =>
  packages
    .filter(({ license }) => !ALLOWED.has(license))
    .map(({ name, license }) => `${name} is bundled under ${license}, which is not in the list of allowed licences`);
