import { parseArgs } from 'node:util';
import { buildWhenOld } from '../bundles.ts';
import { CommandError, command, runIfMain } from '../command.ts';
import type { SoakSample } from './soak-order.ts';
import { growthOf, MAX_SOCKETS, SOAK_AT_ONCE, soak } from './soak-run.ts';

const SAMPLES = 10;

const USAGE = `node --import tsx local/faults/soak.ts [--invocations N]

Invokes both built functions N times (default 20000) in one process, ${SOAK_AT_ONCE} at a time, with everything a cancel can
meet among them and keys that come and go, and prints what the process holds while nothing is under way. Exit status 0
when it does not grow, 1 otherwise; a run of less than 20000 is too short to tell compiled code from a leak.
`;

/** Less than the smallest thing an invocation could leave behind and still be found by its number. */
const TOLERATED_BYTES = 50;

function readInvocations(argv: readonly string[]): number | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        invocations: { type: 'string', default: '20000' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return undefined;
    if (!/^[1-9]\d{1,6}0$/.test(values.invocations)) throw new Error('--invocations must be a multiple of 10 from 100');
    return Number(values.invocations);
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : ''}\n\n${USAGE}`, { cause });
  }
}

const WIDTHS = [11, 10, 7, 6, 6];

const line = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell, i) => String(cell).padStart(WIDTHS[i] ?? 0)).join('  ')}\n`;

const sampleLine = ({ invocations, heapBytes, sockets, timers, others }: SoakSample): string =>
  line([invocations, (heapBytes / 1024 / 1024).toFixed(2), sockets, timers, others]);

export const main = command('soak', async (argv, { stdout }) => {
  const invocations = readInvocations(argv);
  if (invocations === undefined) {
    stdout.write(USAGE);
    return 0;
  }
  await buildWhenOld();
  stdout.write(line(['invocations', 'heap (MiB)', 'sockets', 'timers', 'others']));
  const startedAt = performance.now();
  const samples = await soak({ invocations, samples: SAMPLES, onSample: (sample) => stdout.write(sampleLine(sample)) });
  const growth = growthOf(samples);
  const { outcomes = {} } = samples.at(-1) ?? {};
  const seconds = (performance.now() - startedAt) / 1000;
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  stdout.write(`\nOutcomes: ${counts.join(', ')}; ${Math.round(seconds)} s\n`);
  const { bytesPerInvocation, sockets, timers, others } = growth;
  stdout.write(
    `Second half: ${bytesPerInvocation.toFixed(1)} bytes of heap an invocation, ${timers} timers, ${others} others; sockets: ${sockets} at most\n`,
  );
  return bytesPerInvocation > TOLERATED_BYTES || sockets > MAX_SOCKETS || timers > 0 || others > 0 ? 1 : 0;
});

await runIfMain(import.meta, main);
