import { LIMIT_KINDS, type LimitKind, STRICTEST } from '../../local/vod/minute-limit.ts';
import { MINUTE_MS, type Outcome, type Scenario, simulate } from '../pace/simulate.ts';
import { format, type Table } from '../table.ts';
import { callsPerCancel, fairness, mean, share } from './figures.ts';

const INSTANCES = [1, 2, 5, 10, 20] as const;

/** What a cell simulates, with how many seeds, what it says of the outcomes, and the bound on them. */
export type Cell = readonly [
  scenario: Scenario,
  seeds: number,
  say: (outcomes: readonly Outcome[]) => string | readonly string[],
  isWithin?: (outcomes: readonly Outcome[]) => boolean,
];

/** Plays all rows. The last column says what was lost and what was reported but not done, in all runs of the row. */
export async function tableOf(
  head: readonly string[],
  rows: Readonly<Record<string, readonly Cell[]>>,
  broken: string[],
) {
  const table: string[][] = [];
  for (const [label, cells] of Object.entries(rows)) {
    const row = [label];
    let [lost, misreported] = [0, 0];
    for (const [scenario, seeds, say, isWithin] of cells) {
      const outcomes: Outcome[] = [];
      for (let seed = 1; seed <= seeds; seed += 1) outcomes.push(await simulate(scenario, seed));
      row.push(...[say(outcomes)].flat());
      lost += outcomes.reduce((sum, outcome) => sum + outcome.lost, 0);
      misreported += outcomes.reduce((sum, outcome) => sum + outcome.misreported, 0);
      if (isWithin?.(outcomes) === false) broken.push(`${label}: ${say(outcomes)}`);
    }
    if (lost + misreported > 0) broken.push(`${label}: ${lost} lost, ${misreported} misreported`);
    table.push([...row, `${lost} / ${misreported}`]);
  }
  return { head: [...head, 'lost / misreported'], rows: table } satisfies Table;
}

/** Share of the limit (the least of a seed) and calls for each cancel. */
export function usage(outcomes: readonly Outcome[]): string {
  const shares = outcomes.map((outcome) => share(outcome));
  const calls = format(mean(outcomes.map(callsPerCancel)), 2);
  return `${format(mean(shares), 1)} (${format(Math.min(...shares), 1)}) / ${calls}`;
}

const isUsed = (leastShare: number, mostCalls: number) => (outcomes: readonly Outcome[]) =>
  mean(outcomes.map((outcome) => share(outcome))) >= leastShare && mean(outcomes.map(callsPerCancel)) <= mostCalls;

/** The share of the limit for each kind of limit, network and number of instances. */
export function sharesOfLimit(broken: string[]): Promise<Table> {
  const others = (Object.keys(LIMIT_KINDS) as LimitKind[]).filter((kind) => kind !== STRICTEST);
  const rows = [
    [STRICTEST, 5, 20, 6, 96, 1.05] as const,
    [STRICTEST, 5, 80, 6, 0, 1.05] as const,
    ...others.map((kind) => [kind, 5, 20, 3, 0, 1.1] as const),
  ].map(([kind, min, max, seeds, least, most]) => [
    `${kind}; ${min}–${max} ms`,
    INSTANCES.map(
      (instances): Cell => [
        { instances, kind, legMs: [min, max] },
        seeds,
        usage,
        isUsed(instances === 10 ? Math.min(94, least) : least, most),
      ],
    ),
  ]);
  const head = [
    'limit; network, each way',
    ...INSTANCES.map((count) => `${count} ${count === 1 ? 'instance' : 'instances'}`),
  ];
  return tableOf(head, Object.fromEntries(rows), broken);
}

const CHANGE_MS = 5 * MINUTE_MS;
/** Jain's index from which shares are called fair. */
const FAIR = 0.9;
/** Each change, and which of the instances are compared after it. */
const CHANGES: Readonly<Record<string, readonly [scenario: Scenario, from: number, to: number]>> = {
  '1 joins 1': [{ instances: 2, joining: 1 }, 0, 2],
  '5 join 5': [{ instances: 10, joining: 5 }, 0, 10],
  '5 of 10 leave': [{ instances: 10, leaving: 5 }, 5, 10],
  '10 start within a minute': [{ instances: 10, spreadMs: MINUTE_MS }, 0, 10],
};

/** What happens when instances come and go in the sixth minute, or start far apart. */
export function comingAndGoing(broken: string[]): Promise<Table> {
  const rows = Object.entries(CHANGES).map(([label, [scenario, from, to]]) => {
    const names = Array.from({ length: to - from }, (_, i) => `i${from + i}`);
    const say = (outcomes: readonly Outcome[]): readonly string[] => {
      const fairAfter = (minutes: number): number =>
        mean(outcomes.map((outcome) => fairness(outcome, names, CHANGE_MS + minutes * MINUTE_MS)));
      const fair = Array.from({ length: 53 }, (_, i) => 1 + i / 4).find((minutes) => fairAfter(minutes) >= FAIR);
      return [
        format(mean(outcomes.map((outcome) => share(outcome, CHANGE_MS))), 1),
        format(mean(outcomes.map(callsPerCancel)), 2),
        ...[1, 2, 5, 10].map((minutes) => format(fairAfter(minutes), 2)),
        fair === undefined ? 'not in 14 min' : `${format(fair, 0)} min`,
      ];
    };
    return [label, [[scenario, 3, say] satisfies Cell]];
  });
  const head = [
    'change',
    'share of the limit after it',
    'calls per cancel',
    'fairness after 1 min',
    '2 min',
    '5 min',
    '10 min',
    'fair after',
  ];
  return tableOf(head, Object.fromEntries(rows), broken);
}
