/**
 * Replaces the part of a page that a command writes, between the lines `<!-- name: … -->` and `<!-- /name -->`.
 *
 * @throws Error if the page has no such lines
 */
export function withPart(page: string, name: string, part: string): string {
  const place = new RegExp(`(<!-- ${name}: [^\\n]* -->).*(<!-- /${name} -->)`, 's');
  if (!place.test(page)) throw new Error(`the page has no lines <!-- ${name}: … --> and <!-- /${name} -->`);
  return page.replace(place, (_, begin: string, end: string) => `${begin}\n\n${part}\n\n${end}`);
}
