import { CONTESTANTS, type ContestantName } from './contestants.ts';
import { FIGURES, type Figure } from './figures.ts';
import { GOALS, type Goal, isReached } from './goals.ts';
import { compare, type Results, valuesOf } from './results.ts';
import { median, spreadOf } from './statistics.ts';
import { format, type Table } from './table.ts';

const NONE = '–';

/** The tables of a bench. */
export interface Tables {
  readonly goals: Table;
  readonly figures: Table;
  readonly ratios: Table;
}

export function tablesOf(results: Results): Tables {
  return { goals: goalTable(results), figures: figureTable(results), ratios: ratioTable(results) };
}

/** One row for each goal and function. The median decides. */
function goalTable(results: Results): Table {
  const functions = results.contestants.filter((name) => CONTESTANTS[name].role === 'function');
  return {
    head: ['goal', 'function', 'limit', 'measured', 'middle half', 'verdict'],
    rows: GOALS.flatMap((goal) => functions.map((name) => goalRow(goal, name, results))),
  };
}

function goalRow(goal: Goal, name: ContestantName, results: Results): string[] {
  const values = goal.values(results, name);
  const { median: measured, low, high } = spreadOf(values);
  const show = (value: number): string => format(value, goal.digits);
  return [
    goal.title,
    CONTESTANTS[name].title,
    `${goal.bound === 'at most' ? '≤' : '≥'} ${show(goal.limit)}`,
    values.length === 0 ? NONE : show(measured),
    values.length < 2 ? NONE : `${show(low)} … ${show(high)}`,
    verdictOf(goal, measured),
  ];
}

function verdictOf(goal: Goal, measured: number): string {
  if (Number.isNaN(measured)) return 'not measured';
  return isReached(goal, measured) ? 'reached' : '**missed**';
}

/** One row for each figure, one column for each contestant, medians. */
function figureTable(results: Results): Table {
  const { contestants, sizes } = results;
  const sizeRow = (title: string, key: 'rawBytes' | 'gzipBytes'): string[] => [
    title,
    ...contestants.map((name) => show(sizes[name]?.[key], 0)),
  ];
  return {
    head: ['', ...contestants.map((name) => CONTESTANTS[name].title)],
    rows: [
      sizeRow('size, bytes', 'rawBytes'),
      sizeRow('size after gzip -9, bytes', 'gzipBytes'),
      ...FIGURES.map((figure) => [
        figure.title,
        ...contestants.map((name) => show(medianOf(results, name, figure), figure.digits)),
      ]),
    ],
  };
}

/** The same figures as ratios to the floor, medians of the ratios of each round. */
function ratioTable(results: Results): Table {
  const others = results.contestants.filter((name) => name !== 'floor');
  return {
    head: ['÷ floor', ...others.map((name) => CONTESTANTS[name].title)],
    rows: FIGURES.filter(({ key }) => valuesOf(results, 'floor', key).length > 0).map(({ key, title }) => [
      title.replace(/, \S+$/, ''),
      ...others.map((name) => show(medianRatio(results, name, key), 2)),
    ]),
  };
}

function medianOf(results: Results, name: ContestantName, { key }: Figure): number | undefined {
  const values = valuesOf(results, name, key);
  return values.length === 0 ? undefined : median(values);
}

function medianRatio(results: Results, name: ContestantName, key: Figure['key']): number | undefined {
  const ratios = compare(results, key, [name, 'floor'], (left, right) => left / right);
  return ratios.length === 0 ? undefined : median(ratios);
}

function show(value: number | undefined, digits: number): string {
  return value === undefined ? NONE : format(value, digits);
}
