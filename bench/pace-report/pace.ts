import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWhenOld } from '../../local/bundles.ts';
import { command, runIfMain } from '../../scripts/command.ts';
import { type Scenario, simulate } from '../pace/simulate.ts';
import { withPart } from '../part.ts';
import { type Table, toMarkdown } from '../table.ts';
import { CASES } from './cases.ts';
import { CHANGES } from './changes.ts';
import { costOfCall } from './cost.ts';
import { plot } from './plot.ts';
import { SHARES } from './shares.ts';
import { simulateTable } from './simulated-table.ts';

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
  shares: (broken) => simulateTable(SHARES, broken),
  changes: (broken) => simulateTable(CHANGES, broken),
  cases: (broken) => simulateTable(CASES, broken),
  cost: costOfCall,
};

export const main = command('pace', { usage: USAGE, options: OPTIONS }, async ({ stdout }, { write }) => {
  await buildWhenOld();
  const broken: string[] = [];
  let page = await readFile(join(DOCS, 'pace.md'), 'utf8');
  for (const [name, make] of Object.entries(TABLES)) {
    const table = toMarkdown(await make(broken));
    stdout.write(`${table}\n\n`);
    page = withPart(page, name, table);
  }
  stdout.write(broken.length === 0 ? 'Every bound holds.\n' : `Broken bounds:\n${broken.join('\n')}\n`);
  if (write === true) {
    await writeFile(join(DOCS, 'pace.md'), page);
    for (const [name, [title, scenario]] of Object.entries(PICTURES)) {
      const { calls } = await simulate(scenario, 1);
      await writeFile(join(DOCS, 'images', `${name}.svg`), plot(title, calls));
    }
  }
  return broken.length === 0 ? 0 : 1;
});

await runIfMain(import.meta, main);
