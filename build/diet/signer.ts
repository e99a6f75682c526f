import { replaceExactly } from './edit.ts';

const BY_LOCALE = 'headers.sort((a, b) => a.key.toLocaleLowerCase().localeCompare(b.key.toLocaleLowerCase()));';
const BY_CODE_UNIT =
  'headers.sort((a, b) => { const x = a.key.toLowerCase(), y = b.key.toLowerCase(); return x < y ? -1 : x > y ? 1 : 0; });';

/**
 * Makes the signer sort header names by code unit instead of by locale.
 *
 * The first `localeCompare` of a process starts ICU's collator, most of the time of a first signature. Names of headers
 * are ASCII letters, digits and hyphens, for which both orders are the same, and the list of signed headers is sorted by
 * code unit already: the two must agree, also where a locale has an order of its own (Estonian puts z after s).
 *
 * The text is edited because nothing else reaches it: esbuild's `define` replaces identifiers, not methods of a string,
 * and a patched `String.prototype` would change every string of the process.
 */
export function editSigner(source: string, file: string): string {
  return replaceExactly(source, BY_LOCALE, BY_CODE_UNIT, file);
}
