/**
 * Replaces the part of a page that a command writes, between `<!-- name: npm run name -->` and `<!-- /name -->`.
 *
 * @throws Error if the page has no such lines
 */
export function withPart(page: string, name: string, part: string): string {
  const begin = `<!-- ${name}: npm run ${name} -->`;
  const end = `<!-- /${name} -->`;
  const [before, rest = ''] = page.split(begin);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error(`the page has no lines ${begin} and ${end}`);
  return `${before}${begin}\n\n${part}\n\n${end}${after}`;
}
