import type { Paint } from './colour.ts';
import { type Deviation, deviationsOf } from './compare.ts';
import { FUNCTION_NAMES, type FunctionName } from './invoke.ts';
import { boundOf, type Row, type Section } from './row.ts';
import type { RunRow } from './run-all.ts';
import type { Seen } from './seen.ts';

interface Column {
  readonly title: string;
  readonly align?: 'right';
  readonly cell: (run: RunRow) => string;
}

const http = ({ seen }: RunRow): Seen => seen['cancel-http'];
const event = ({ seen }: RunRow): Seen => seen['cancel-superseded'];

/** What both say where they agree, which they should; else one after the other. */
const both = (run: RunRow, of: (seen: Seen) => string): string => {
  const [left, right] = [http(run), event(run)].map((seen) => of(seen));
  return left === right && left !== undefined ? left : `${left}, ${right}`;
};

const text = (value: unknown): string => {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const ms = ({ elapsedMs }: Seen): string => String(Math.round(elapsedMs));

const COLUMNS: readonly Column[] = [
  { title: 'fault', cell: ({ row }) => row.name },
  { title: 'outcome', cell: (run) => both(run, ({ outcome }) => text(outcome)) },
  { title: 'code', cell: (run) => both(run, ({ code }) => text(code)) },
  { title: 'again', cell: (run) => both(run, ({ retryable }) => (retryable === true ? 'yes' : 'no')) },
  { title: 'HTTP', align: 'right', cell: (run) => text(http(run).status) },
  { title: 'event', cell: (run) => (event(run).thrown === undefined ? 'resolves' : 'throws') },
  { title: 'attempts', align: 'right', cell: (run) => both(run, ({ attempts }) => text(attempts)) },
  { title: 'calls', align: 'right', cell: (run) => both(run, ({ cancels }) => text(cancels)) },
  { title: 'reads', align: 'right', cell: (run) => both(run, ({ reads }) => text(reads)) },
  { title: 'HTTP ms', align: 'right', cell: (run) => ms(http(run)) },
  { title: 'event ms', align: 'right', cell: (run) => ms(event(run)) },
  { title: 'bound', align: 'right', cell: ({ row }) => text(boundOf(row)) },
];

/** All that deviates in a row, with the function in which it does. */
export function deviationsOfRun({
  row,
  seen,
}: RunRow): readonly (Deviation & { readonly functionName: FunctionName })[] {
  return FUNCTION_NAMES.flatMap((functionName) =>
    deviationsOf(row, functionName, seen[functionName]).map((deviation) => ({ functionName, ...deviation })),
  );
}

/** The matrix as a table for a person: a line for each row, and beneath it whatever deviates. */
export function printMatrix(sections: readonly Section[], runs: ReadonlyMap<Row, RunRow>, paint: Paint): string {
  const all = [...runs.values()];
  const widths = COLUMNS.map(({ title, cell }) => Math.max(title.length, ...all.map((run) => cell(run).length)));
  const line = (mark: string, cells: readonly string[]): string => {
    const padded = cells.map((text, i) =>
      COLUMNS[i]?.align === 'right' ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0),
    );
    return `${mark} ${padded.join('  ')}`.trimEnd();
  };
  const lineOf = (run: RunRow): readonly string[] => {
    const deviations = deviationsOfRun(run);
    const mark = deviations.length === 0 ? paint('green', '=') : paint('red', '≠');
    return [
      line(
        mark,
        COLUMNS.map(({ cell }) => cell(run)),
      ),
      ...deviations.map(({ functionName, what, expected, seen }) =>
        paint('red', `    ${functionName}: ${what}: expected ${show(expected)}, seen ${show(seen)}`),
      ),
    ];
  };
  const head = paint(
    'dim',
    line(
      ' ',
      COLUMNS.map(({ title }) => title),
    ),
  );
  const parts = sections.flatMap(({ title, rows }) => {
    const of = rows.flatMap((row) => runs.get(row) ?? []);
    return of.length === 0 ? [] : ['', paint('bold', title), head, ...of.flatMap(lineOf)];
  });
  return `${parts.slice(1).join('\n')}\n`;
}

const show = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));
