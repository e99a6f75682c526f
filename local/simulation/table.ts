import type { Result } from './runs.ts';
import { TENANT_LIMIT } from './simulate.ts';

const MINUTE_MS = 60_000;

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const callsPerCancel = ({ calls, cancelled }: Result): string =>
  number(calls / cancelled, calls / cancelled < 100 ? 2 : 0);

/** Of what VOD would have allowed until the last event was handled, how much was put to use, in per cent. */
export const shareOfLimit = ({ cancelled, drainMs }: Result): string =>
  `${number((100 * cancelled) / ((drainMs / MINUTE_MS) * TENANT_LIMIT))} %`;

export const minutes = ({ drainMs }: Result): string => `${number(drainMs / MINUTE_MS)} min`;

/** Whether every event was handled before it was given up. */
export const drains = ({ unhandled }: Result): boolean => unhandled === 0;

const COLUMNS: readonly (readonly [title: string, cell: (result: Result) => string])[] = [
  ['instances', ({ instances }) => number(instances)],
  [
    '`VOD_CALLS_PER_MINUTE`',
    ({ callsPerMinute }) => (callsPerMinute === undefined ? 'plain retries' : number(callsPerMinute)),
  ],
  ['calls per cancel', callsPerCancel],
  ['calls refused', ({ refused }) => number(refused)],
  ['share of the limit used', (result) => (drains(result) ? shareOfLimit(result) : '–')],
  ['time to drain', (result) => (drains(result) ? minutes(result) : 'never')],
  ['deliveries per upload', ({ deliveries }) => number(deliveries, 1)],
  ['uploads lost', ({ lost }) => number(lost)],
];

/** One line of the table. */
export const toRow = (result: Result): string => `| ${COLUMNS.map(([, cell]) => cell(result)).join(' | ')} |`;

/** The results as a table in Markdown, which is as good for a terminal. */
export function toTable(results: readonly Result[]): string {
  const head = `| ${COLUMNS.map(([title]) => title).join(' | ')} |`;
  const rule = `|${COLUMNS.map(() => ' --: |').join('')}`;
  return [head, rule, ...results.map(toRow)].join('\n');
}
