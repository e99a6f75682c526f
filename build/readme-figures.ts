import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { plainCommand, runIfMain } from '../local/command.ts';
import { writeFiles } from './write.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const PERFORMANCE = join(PROJECT, 'docs/performance.md');

/** What stands between them is written, the rest of a README is not touched. */
const BEGIN = '<!-- figures: npm run figures -->';
const END = '<!-- /figures -->';

/** The rows of docs/performance.md that a README shows: by what a size, a start, a call and a process cost. */
const ROWS = [
  'size after gzip -9, bytes',
  'cold: first line to first result, ms',
  'warm call, p50, µs',
  'calls per second, 50 in flight',
  'peak RSS after 1,000 cancels, kB',
] as const;

interface Words {
  readonly caption: (run: Run) => string;
  readonly rows: Readonly<Record<(typeof ROWS)[number], string>>;
  /** A contestant that is not among them keeps its English name. */
  readonly columns: Readonly<Record<string, string>>;
}

interface Run {
  readonly date: string;
  readonly processor: string;
  readonly node: string;
  readonly load: string;
  readonly reached: number;
  readonly goals: number;
}

const ENGLISH: Words = {
  caption: ({ date, processor, node, load, reached, goals }) =>
    `\`npm run bench\` of ${date}, ${processor}, Node ${node}, load before the run ${load}; ${reached} of ${goals} goals reached:`,
  rows: {
    'size after gzip -9, bytes': 'size after gzip -9, bytes',
    'cold: first line to first result, ms': 'cold: first line to first result, ms',
    'warm call, p50, µs': 'warm call, p50, µs',
    'calls per second, 50 in flight': 'calls per second, 50 in flight',
    'peak RSS after 1,000 cancels, kB': 'peak RSS after 1,000 cancels, kB',
  },
  columns: {},
};

const CHINESE: Words = {
  caption: ({ date, processor, node, load, reached, goals }) =>
    `${date} 的 \`npm run bench\`，${processor.replace(/, (\d+) cores/, '，$1 核')}，Node ${node}，运行前负载 ${load}；${goals} 项目标中达到 ${reached} 项：`,
  rows: {
    'size after gzip -9, bytes': 'gzip -9 压缩后的大小，字节',
    'cold: first line to first result, ms': '冷启动：从第一行代码到第一个结果，ms',
    'warm call, p50, µs': '热调用，p50，µs',
    'calls per second, 50 in flight': '每秒调用数，50 个并发',
    'peak RSS after 1,000 cancels, kB': '1,000 次取消后的 RSS 峰值，kB',
  },
  columns: {
    'SDK as installed': '按原样安装的 SDK',
    'SDK bundled, minified': '打包并压缩的 SDK',
    'hand-signed floor': '手工签名的下限',
  },
};

/** The pages that show figures, and in which words. */
export const README_WORDS = { 'README.md': ENGLISH, 'README.zh-CN.md': CHINESE } as const;

export type ReadmePage = keyof typeof README_WORDS;

/** A README as it is checked in. */
export const readReadme = (page: ReadmePage): string => readFileSync(join(PROJECT, page), 'utf8');

/**
 * @param readme - the text of a page
 * @param performance - the text of docs/performance.md
 * @returns the page with the figures that it must have
 * @throws Error when the page has no place for them, or the bench has written no such row
 */
export function withFigures(
  readme: string,
  page: ReadmePage,
  performance: string = readFileSync(PERFORMANCE, 'utf8'),
): string {
  const [before, rest] = cut(readme, BEGIN, page);
  const [, after] = cut(rest, END, page);
  return `${before}${BEGIN}\n\n${figures(README_WORDS[page], tablesOf(performance))}\n\n${END}${after}`;
}

function cut(text: string, marker: string, page: string): [string, string] {
  const at = text.indexOf(marker);
  if (at < 0) throw new Error(`${page} has no line ${marker}`);
  return [text.slice(0, at), text.slice(at + marker.length)];
}

type Table = readonly (readonly string[])[];

/** Every table of a page as rows of cells, the head first and without the rule. */
function tablesOf(page: string): Table[] {
  return (page.match(/(?:^\|.*\|\n)+/gm) ?? []).map((table) =>
    table
      .trimEnd()
      .split('\n')
      .filter((_, line) => line !== 1)
      .map((line) => line.slice(1, -1).split('|'))
      .map((cells) => cells.map((cell) => cell.trim())),
  );
}

function figures(words: Words, [about = [], goals = [], values = [], ratios = []]: Table[]): string {
  const [titles = []] = values;
  const table = [
    titles.map((title) => words.columns[title] ?? title),
    titles.map((_, column) => (column === 0 ? '---' : '---:')),
    ...ROWS.map((row) => [words.rows[row], ...withRatios(rowOf(values, row), ratios)]),
  ];
  const run = {
    date: cellOf(about, 'date'),
    processor: cellOf(about, 'processor'),
    node: cellOf(about, 'Node'),
    load: cellOf(about, 'load before the run'),
    reached: goals.filter((cells) => cells.at(-1) === 'reached').length,
    goals: goals.length - 1,
  };
  return `${words.caption(run)}\n\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`;
}

/** Each figure with its ratio to the floor's, where the bench has one: a size has none, and neither has the floor itself. */
function withRatios([title = '', ...values]: readonly string[], ratios: Table): string[] {
  // The bench leaves the unit out where there is none any more.
  const row = ratios.find(([name]) => name === title || name === title.replace(/, \S+$/, ''));
  return values.map((value, column) => {
    const ratio = row?.[column + 1];
    return ratio === undefined || value === '–' ? value : `${value} (×\u00a0${ratio})`;
  });
}

function rowOf(table: Table, title: string): readonly string[] {
  const row = table.find(([name]) => name === title);
  if (row === undefined) throw new Error(`docs/performance.md has no row "${title}"`);
  return row;
}

const cellOf = (table: Table, title: string): string => rowOf(table, title)[1] ?? '';

const USAGE = `npm run figures

Puts the main figures of docs/performance.md into README.md and README.zh-CN.md; to be run after npm run bench.
`;

export const main = plainCommand('figures', { usage: USAGE }, async ({ stdout }) => {
  const pages = Object.keys(README_WORDS) as ReadmePage[];
  const files = pages.map((page) => ({ path: join(PROJECT, page), contents: withFigures(readReadme(page), page) }));
  await writeFiles(files, new Date());
  stdout.write(`${pages.join('\n')}\n`);
  return 0;
});

await runIfMain(import.meta, main);
