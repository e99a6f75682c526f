import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What VOD allows a tenant in 30 days, at 100 cancels a minute. */
const CANCELS = 100 * 60 * 24 * 30;

const PAGE = readFileSync(new URL('../docs/costs.md', import.meta.url), 'utf8');

const numberIn = (cell: string): number => Number(cell.replace(/[^\d.]/g, ''));

/** The rows with a price of a million units. */
const PRICED = PAGE.split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 9 && /\d/.test(cells[3] ?? ''))
  .map(([, part = '', unit = '', units = '', free = '', price = '', total = '']) => ({
    name: `${part}, ${unit}`,
    units: numberIn(units),
    free: numberIn(free),
    price,
    total,
  }));

it('the page has a table of prices', () => {
  expect(PRICED).toHaveLength(7);
  expect(PAGE).toContain(`at most ${CANCELS / 1_000_000} million in 30 days`);
});

it.each(PRICED)('the costs of $name are computed from its price', ({ units, free, price, total }) => {
  const charged = Math.max(0, CANCELS * units - free) / 1_000_000;
  expect(total).toBe(`${price.slice(0, 3)} ${(charged * numberIn(price)).toFixed(2)}`);
});

it('a gateway by the hour is charged for all hours of 30 days', () => {
  const [, anHour = '', inAll = ''] = /USD ([\d.]+) an hour .* USD ([\d,.]+) in 30 days/.exec(PAGE) ?? [];
  expect(numberIn(inAll.replace(/\.$/, ''))).toBeCloseTo(numberIn(anHour) * 24 * 30);
});
