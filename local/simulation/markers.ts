const BEGIN = '<!-- goodput: written by local/simulation/goodput.ts -->';
const END = '<!-- /goodput -->';

/**
 * Puts a text between the markers of a page.
 *
 * @throws Error where the page does not have both, in order
 */
export function replaceBetweenMarkers(page: string, text: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Error('the page has no place for the tables');
  return `${page.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${page.slice(end)}`;
}
