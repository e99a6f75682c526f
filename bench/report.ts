import { CANDIDATES, type CandidateName } from './candidates.ts';
import { FIGURES, type Figure, type FigureName, type Goal } from './figures.ts';
import { type Round, valuesOf } from './measure.ts';
import { percentile } from './statistics.ts';
import { format, type Table, toMarkdown } from './table.ts';

const NONE = '–';

const ROWS = Object.entries(FIGURES) as [FigureName, Figure][];

/**
 * Returns what a run found out as Markdown. The goals come last, where people see them in a terminal.
 *
 * @param circumstances - lines of text
 */
export function reportOf(circumstances: readonly string[], rounds: readonly Round[]): string {
  const sections = { Figures: figureTable(rounds), Ratios: figureTable(rounds, 'floor'), Goals: goalTable(rounds) };
  return [
    circumstances.map((line) => `- ${line}`).join('\n'),
    ...Object.entries(sections).map(([heading, table]) => `## ${heading}\n\n${toMarkdown(table)}`),
  ].join('\n\n');
}

/**
 * One row for each figure that was measured, one column for each candidate, medians.
 *
 * @param relativeTo - for ratios to the figures of this candidate: medians of the ratios of each round
 */
function figureTable(rounds: readonly Round[], relativeTo?: CandidateName): Table {
  const columns = CANDIDATES.filter(({ name }) => name !== relativeTo);
  const rows = ROWS.map(([key, figure]) => [
    titleOf(figure, relativeTo),
    ...columns.map(({ name }) => medianOf(valuesOf(rounds, key, name, relativeTo), digitsOf(figure, relativeTo))),
  ]);
  const measured = rows.filter(([, ...medians]) => medians.some((median) => median !== NONE));
  return [['figure', ...columns.map(({ title }) => title)], ...measured];
}

/** One row for each goal and function. The median decides. */
function goalTable(rounds: readonly Round[]): Table {
  const functions = CANDIDATES.filter(({ role }) => role === 'function');
  const rows = ROWS.flatMap(([key, figure]) =>
    (figure.goals ?? []).flatMap((goal) =>
      functions.map(({ name, title }) => [
        titleOf(figure, goal.relativeTo),
        title,
        ...cellsOf(goal, valuesOf(rounds, key, name, goal.relativeTo), digitsOf(figure, goal.relativeTo)),
      ]),
    ),
  );
  return [['goal', 'function', 'limit', 'measured', 'middle half', 'verdict'], ...rows];
}

function cellsOf({ bound, limit }: Goal, values: readonly number[], digits: number): string[] {
  const [low = 0, median = 0, high = 0] = [25, 50, 75].map((percent) => percentile(values, percent));
  const isReached = bound === '≤' ? median <= limit : median >= limit;
  const verdict = isReached ? 'reached' : '**missed**';
  return [
    `${bound} ${format(limit, digits)}`,
    medianOf(values, digits),
    values.length < 2 ? NONE : `${format(low, digits)} … ${format(high, digits)}`,
    values.length === 0 ? 'not measured' : verdict,
  ];
}

function medianOf(values: readonly number[], digits: number): string {
  return values.length === 0 ? NONE : format(percentile(values, 50), digits);
}

/** A ratio has no unit. */
function titleOf({ title }: Figure, relativeTo: CandidateName | undefined): string {
  const other = CANDIDATES.find(({ name }) => name === relativeTo);
  return other === undefined ? title : `${title.replace(/, \S+$/, '')} ÷ ${other.title}`;
}

const digitsOf = ({ digits = 0 }: Figure, relativeTo: CandidateName | undefined): number =>
  relativeTo === undefined ? digits : 2;
