import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LIMIT_KINDS, type LimitKind, STRICTEST } from '../../local/vod/minute-limit.ts';
import { format, type Table } from '../table.ts';
import { callsPerCancel, fairness, mean, share } from './figures.ts';
import type { Platform } from './queue.ts';
import { MINUTE_MS, type Outcome, type Scenario, simulate } from './simulate.ts';

const INSTANCES = [1, 2, 5, 10, 20] as const;
const SEEDS = [1, 2, 3, 4, 5, 6] as const;

/** One row: what it is called, and for each cell its scenario, what is said of the outcomes, and the bound on them. */
type Cell = readonly [
  scenario: Scenario,
  seeds: number,
  say: (outcomes: readonly Outcome[]) => string | readonly string[],
  isWithin?: (outcomes: readonly Outcome[]) => boolean,
];

/** Plays all rows. The last column says what was lost and what was reported but not done, in all runs of the row. */
async function tableOf(head: readonly string[], rows: Readonly<Record<string, readonly Cell[]>>, broken: string[]) {
  const table: string[][] = [];
  for (const [label, cells] of Object.entries(rows)) {
    const row = [label];
    let [lost, misreported] = [0, 0];
    for (const [scenario, seeds, say, isWithin] of cells) {
      const outcomes: Outcome[] = [];
      for (const seed of SEEDS.slice(0, seeds)) outcomes.push(await simulate(scenario, seed));
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
function usage(outcomes: readonly Outcome[]): string {
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
  const head = ['limit; network, each way', ...INSTANCES.map((count) => `${count} instances`)];
  return tableOf(head, Object.fromEntries(rows), broken);
}

const CHANGE_MS = 5 * MINUTE_MS;
const FAIR = 0.9;
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
    'share',
    'calls per cancel',
    'fairness after 1 min',
    '2 min',
    '5 min',
    '10 min',
    'fair after',
  ];
  return tableOf(head, Object.fromEntries(rows), broken);
}

const shared: Shared = parse(readFileSync(join(import.meta.dirname, '../../deploy/shared.yml'), 'utf8'));
const { timeout, instances, retryAttempts, eventAge, batchSize, queue, environment } = shared.cancelSuperseded;
const EVENTS = { instances, callsPerMinute: Number(environment.VOD_CALLS_PER_MINUTE) } as const;
const SQS: Platform = {
  event: 'sqs',
  batchSize: queue.batchSize,
  timeoutMs: timeout * 1_000,
  hiddenMs: queue.visibilityTimeout * 1_000,
  maxDeliveries: queue.maxReceiveCount,
  maxAgeMs: 4 * 86_400_000,
};
const FUNCTIONGRAPH: Platform = {
  event: 'functionGraph',
  batchSize: 1,
  timeoutMs: timeout * 1_000,
  // A retry comes a minute after the failure.
  hiddenMs: timeout * 1_000 + MINUTE_MS,
  maxDeliveries: 1 + retryAttempts,
  maxAgeMs: eventAge * 1_000,
};

/** What is read of deploy/shared.yml. Times are in seconds. */
interface Shared {
  readonly cancelSuperseded: Readonly<
    Record<'timeout' | 'instances' | 'retryAttempts' | 'eventAge' | 'batchSize', number> & {
      queue: Record<'batchSize' | 'visibilityTimeout' | 'maxReceiveCount', number>;
      environment: { VOD_CALLS_PER_MINUTE: string };
    }
  >;
}

const drained = (outcomes: readonly Outcome[]): string =>
  `${format(mean(outcomes.map(({ cancelledAt }) => (cancelledAt.at(-1) ?? 0) / MINUTE_MS)), 0)} min, ${format(mean(outcomes.map(callsPerCancel)), 2)} calls per cancel`;

const handled = (outcomes: readonly Outcome[]): string =>
  `${Math.max(...outcomes.flatMap(({ deliveries }) => deliveries))} deliveries, ${Math.max(...outcomes.map(({ ownCalls }) => ownCalls))} calls`;

const isHandledIn = (most: number) => (outcomes: readonly Outcome[]) =>
  outcomes.every(({ deliveries: [count = Number.POSITIVE_INFINITY] }) => count <= most);

const part = (httpMs: readonly number[]): number => httpMs.filter((ms) => ms <= 10_000).length / httpMs.length;

/** What the deployment and single functions have to do with it. */
export function situations(broken: string[]): Promise<Table> {
  const burst = { ...EVENTS, messages: 5_000, platform: SQS };
  const message = { messages: 1, assets: 600, platform: SQS };
  const inTurn = (platform: Platform) => ({ ...EVENTS, ...message, platform: { ...platform, takesTurns: true } });
  const batch = {
    ...EVENTS,
    messages: 1,
    assets: batchSize,
    foreign: 80,
    platform: { ...FUNCTIONGRAPH, event: 'kafka' as const },
  };
  const people = (outcomes: readonly Outcome[]): string =>
    outcomes.map(({ httpMs }) => `${format(100 * part(httpMs), 1)} % of ${httpMs.length} within 10 s`).join();
  const arePrompt = (outcomes: readonly Outcome[]): boolean => outcomes.every(({ httpMs }) => part(httpMs) >= 0.95);
  const rows: Readonly<Record<string, Cell>> = {
    '5,000 messages through SQS': [burst, 1, drained],
    'the same beside another program that makes 30 calls a minute': [{ ...burst, foreign: 30 }, 1, drained],
    '5,000 events through FunctionGraph’s queue': [{ ...burst, platform: FUNCTIONGRAPH }, 1, drained],
    'the same, 1 % of the answers lost, 1 % 504': [
      { ...burst, platform: FUNCTIONGRAPH, lost: 0.01, failed: 0.01 },
      1,
      drained,
    ],
    'four HTTP cancels a minute during 5,000 messages': [{ ...burst, httpEveryMs: 15_000 }, 1, people, arePrompt],
    'one SQS message of 600 ids, limit 100': [message, 6, handled, isHandledIn(3)],
    'the same, two instances in turn, limit 40 each': [inTurn(SQS), 6, handled, isHandledIn(3)],
    'the same through FunctionGraph’s queue': [inTurn(FUNCTIONGRAPH), 6, handled, isHandledIn(3)],
    'a Kafka batch of 100 beside 80 foreign calls a minute': [batch, 6, handled, isHandledIn(2)],
    '2,000 messages, 5 instances, 30 foreign calls a minute': [
      { instances: 5, foreign: 30 },
      1,
      (outcomes) => `${usage(outcomes)} with theirs`,
    ],
  };
  const cells = Object.fromEntries(Object.entries(rows).map(([label, cell]) => [label, [cell]]));
  return tableOf(['case', 'what comes of it'], cells, broken);
}
