import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWhenOld } from '../../local/bundles.ts';
import { command, runIfMain } from '../../scripts/command.ts';
import { type Scenario, simulate } from '../pace/simulate.ts';
import { type Table, toMarkdown, toText } from '../table.ts';
import { situations } from './cases.ts';
import { costOfCall } from './cost.ts';
import { perMinute } from './figures.ts';
import { plot } from './plot.ts';
import { comingAndGoing, sharesOfLimit } from './tables.ts';

const DOCS = join(import.meta.dirname, '../../docs');

const USAGE = `npm run pace [-- --write]

Simulates the built functions on a virtual clock, under each kind of limit that VOD may have, and prints what they
achieve. Takes one or two minutes. The status is 1 if a bound is broken. With --write it writes tables and pictures
into docs/ as well.
`;

const OPTIONS = { write: { type: 'boolean' } } as const;

const PICTURES: Readonly<Record<string, readonly [title: string, scenario: Scenario]>> = {
  'pace-1': ['1 instance', { instances: 1 }],
  'pace-5': ['5 instances', { instances: 5 }],
  'pace-20': ['20 instances', { instances: 20 }],
  'pace-join': ['5 instances join 5', { instances: 10, joining: 5 }],
};

/** The tables by the names of their places in docs/pace.md. */
const TABLES: Readonly<Record<string, (broken: string[]) => Promise<Table>>> = {
  shares: sharesOfLimit,
  changes: comingAndGoing,
  cases: situations,
  cost: costOfCall,
};

/** Puts a text between the markers of a page. @throws Error where the page does not have both, in order */
function fill(page: string, name: string, text: string): string {
  const begin = `<!-- ${name}: written by npm run pace -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(`<!-- /${name} -->`, from);
  if (from < 0 || to < 0) throw new Error(`the page has no place for ${name}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

export const main = command('pace', { usage: USAGE, options: OPTIONS }, async ({ stdout }, { write }) => {
  await buildWhenOld();
  const broken: string[] = [];
  let page = await readFile(join(DOCS, 'pace.md'), 'utf8');
  for (const [name, make] of Object.entries(TABLES)) {
    const table = await make(broken);
    stdout.write(`${toText(table)}\n\n`);
    page = fill(page, name, toMarkdown(table));
  }
  stdout.write(broken.length === 0 ? 'Every bound holds.\n' : `Broken bounds:\n${broken.join('\n')}\n`);
  const status = broken.length === 0 ? 0 : 1;
  if (!write) return status;
  await mkdir(join(DOCS, 'images'), { recursive: true });
  for (const [name, [title, scenario]] of Object.entries(PICTURES)) {
    const minutes = perMinute(await simulate(scenario, 1));
    await writeFile(join(DOCS, 'images', `${name}.svg`), plot(title, minutes));
  }
  await writeFile(join(DOCS, 'pace.md'), page);
  return status;
});

await runIfMain(import.meta, main);
