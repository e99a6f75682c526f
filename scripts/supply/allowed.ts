import type { Bundled } from './bundled.ts';

/** Licences that ask for no more than the notices which are in every zip; by name, so that a new one stops the release. */
const ALLOWED: ReadonlySet<string> = new Set(['Apache-2.0', 'MIT']);

/** What may not be handed on as it is: a package without a licence, or under one that nobody has looked at. */
export const licenceProblems = (packages: readonly Bundled[]): string[] =>
  packages
    .filter(({ license }) => !ALLOWED.has(license))
    .map(({ name, license }) => `${name} is bundled under ${license}, which nobody has allowed yet`);
