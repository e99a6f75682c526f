import type { Page } from 'playwright-core';

// Checks by hand of what an accessibility checker would say, each run in the page and giving back what is wrong. They
// are text, as the page's types are not those of this project.

/** Controls without a name, ids given twice, images without a text. */
const STRUCTURE = `(() => {
  const name = (element) => element.getAttribute('aria-label') ?? (element.labels?.length ? element.labels[0].innerText : element.innerText);
  const shown = (element) => element.checkVisibility();
  const of = (selector, wrong) => [...document.querySelectorAll(selector)].filter(shown).filter(wrong).map((element) => element.outerHTML.slice(0, 120));
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  return [
    ...of('button, select, input', (element) => !name(element)?.trim()),
    ...of('[aria-labelledby]', (element) => !document.getElementById(element.getAttribute('aria-labelledby'))),
    ...of('[tabindex]', ({ tabIndex }) => tabIndex > 0),
    ...of('h1, h2, h3', (element) => !element.innerText.trim()),
    ...of('img:not([alt])', () => true),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => 'twice: ' + id),
  ];
})()`;

/** Text with less contrast than WCAG 2.2 AA asks for (1.4.3: 4.5 to 1; nothing here is large). */
const CONTRAST = `(() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if ((colour[3] ?? 1) > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const ratio = (one, two) => { const [high, low] = [luminance(one), luminance(two)].sort((a, b) => b - a); return (high + 0.05) / (low + 0.05); };
  const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.body.querySelectorAll('*')]
    .filter((element) => element.checkVisibility() && ownText(element))
    .map((element) => [element, ratio(numbers(getComputedStyle(element).color), ground(element))])
    .filter(([, value]) => value < 4.5)
    .map(([element, value]) => value.toFixed(2) + ' ' + element.outerHTML.slice(0, 120));
})()`;

/** What sticks out of the window, or out of the card it is in. */
const OVERFLOW = `(() => {
  const wide = document.documentElement.scrollWidth > innerWidth ? ['the page: ' + document.documentElement.scrollWidth] : [];
  const out = [...document.querySelectorAll('.card *')].filter((element) => {
    if (!element.checkVisibility() || element.closest('option')) return false;
    const { left, right, width } = element.getBoundingClientRect();
    const card = element.closest('.card').getBoundingClientRect();
    return width > 0 && (right > card.right + 0.5 || left < card.left - 0.5);
  });
  return [...wide, ...out.map((element) => element.outerHTML.slice(0, 120))];
})()`;

/** All that is wrong with the page as it is. */
export async function wrongs(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const check of [STRUCTURE, CONTRAST, OVERFLOW]) found.push(...(await page.evaluate<string[]>(check)));
  return found;
}
