import { buildWhenOld } from '../bundles.ts';
import { CommandError, command, type Output, readArguments, runIfMain } from '../command.ts';
import { paintFor } from './colour.ts';
import { SECTIONS } from './matrix.ts';
import { deviationsOfRun, printMatrix } from './print.ts';
import { runAll } from './run-all.ts';

const USAGE = `npm run faults [-- TEXT]

Runs both built functions through everything that can go wrong between them and VOD, and prints what they made of it:
one line a fault, "=" where it is what it must be and "≠" where it is not. With TEXT, only faults with it in their names.
Exit status 0 when nothing deviates, 1 otherwise.

  again     whether the result says that the same request may succeed later
  calls     cancel calls that VOD saw, retries included; reads: status reads
  bound     by when the answer is due: the deadline less the reserve, or earlier, in ms
`;

function readText(argv: readonly string[]): { readonly help: boolean; readonly text: string } {
  try {
    const { help, positionals } = readArguments(argv, argv.length === 0 ? 0 : 1);
    return { help, text: positionals[0] ?? '' };
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : ''}\n\n${USAGE}`, { cause });
  }
}

/** Tells a person at a terminal how far it is, on a line that is wiped in the end. */
function progressOf(total: number, stderr: Output): { readonly step: () => void; readonly end: () => void } {
  if (!stderr.isTTY) return { step: () => undefined, end: () => undefined };
  let done = 0;
  const show = (text: string): unknown => stderr.write(`\r\u001b[K${text}`);
  show(`0 of ${total} faults`);
  return {
    step: () => {
      done += 1;
      show(`${done} of ${total} faults`);
    },
    end: () => show(''),
  };
}

export const main = command('faults', async (argv, { env, stdout, stderr }) => {
  const { help, text } = readText(argv);
  if (help) {
    stdout.write(USAGE);
    return 0;
  }
  const sections = SECTIONS.map(({ title, rows }) => ({ title, rows: rows.filter(({ name }) => name.includes(text)) }));
  await buildWhenOld();
  const startedAt = performance.now();
  const rows = sections.flatMap((section) => section.rows);
  const progress = progressOf(rows.length, stderr);
  const runs = await runAll(rows, progress.step);
  progress.end();
  if (runs.size === 0) throw new CommandError('no fault has that text in its name');
  stdout.write(printMatrix(sections, runs, paintFor(stdout, env)));
  const deviating = [...runs.values()].filter((run) => deviationsOfRun(run).length > 0).length;
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  stdout.write(`\n${runs.size} faults, ${deviating} that deviate, ${seconds} s\n`);
  return deviating === 0 ? 0 : 1;
});

await runIfMain(import.meta, main);
