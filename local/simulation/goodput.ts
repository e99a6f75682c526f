import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, command, runIfMain } from '../../scripts/command.ts';
import { findings } from './findings.ts';
import { replaceBetweenMarkers } from './markers.ts';
import { EVENT_RUNS, MESSAGE_RUNS, play, type Result, type Run } from './runs.ts';
import { toTable } from './table.ts';

const PAGE = join(import.meta.dirname, '../../docs/pace.md');

const USAGE = `node --import tsx local/simulation/goodput.ts [--write]

Simulates 5,000 superseded uploads that arrive at once, under VOD's limit of 100 cancel calls a minute, on a clock that
runs as fast as the machine, and prints what came of them. Takes a minute or two. With --write it writes the tables into
docs/pace.md as well.
`;

function readFlags(argv: readonly string[]): { readonly help: boolean; readonly write: boolean } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : ''}\n\n${USAGE}`, { cause });
  }
}

async function playAll(runs: readonly Run[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const run of runs) {
    const { instances, callsPerMinute = 'plain retries', redelivers } = run;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${instances} × ${callsPerMinute}, ${redelivers}`);
    results.push(await play(run));
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return results;
}

export const main = command('goodput', async (argv, { stdout }) => {
  const { help, write } = readFlags(argv);
  if (help) {
    stdout.write(USAGE);
    return 0;
  }
  const messages = await playAll(MESSAGE_RUNS);
  const events = await playAll(EVENT_RUNS);
  const text = [
    'A source that takes back single messages (SQS):',
    toTable(messages),
    'A source that takes back whole events, here of ten assets (all others):',
    toTable(events),
    ...findings(messages, events).map((finding) => `- ${finding}`),
  ].join('\n\n');
  stdout.write(`${text}\n`);
  if (write) await writeFile(PAGE, replaceBetweenMarkers(await readFile(PAGE, 'utf8'), text));
  return 0;
});

await runIfMain(import.meta, main);
