import type { Circumstances } from './machine.ts';
import { type Table, toMarkdown, toText } from './table.ts';
import type { Tables } from './tables.ts';

/** What a run found out, and on which machine. */
export interface Report {
  readonly circumstances: Circumstances;
  readonly tables: Tables;
}

/** The tables with their headings. The goals come last, where people see them in a terminal. */
const sectionsOf = ({ tables: { goals, figures, ratios } }: Report): readonly (readonly [string, Table])[] => [
  ['Figures', figures],
  ['Ratios', ratios],
  ['Goals', goals],
];

/** Returns the tables for a terminal. */
export const toTerminal = (report: Report): string =>
  sectionsOf(report)
    .map(([heading, table]) => `\n${heading}\n\n${toText(table)}\n`)
    .join('');

/** Returns the part of `docs/performance.md` that a run writes. */
export function toMarkdownPart(report: Report): string {
  const run = toMarkdown({ head: ['', 'this run'], rows: report.circumstances }).replaceAll('---:', '---');
  const sections = sectionsOf(report).map(([heading, table]) => `## ${heading}\n\n${toMarkdown(table)}`);
  return [run, ...sections].join('\n\n');
}
