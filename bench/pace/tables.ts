import { LIMIT_KINDS, type LimitKind, STRICTEST } from '../../local/vod/minute-limit.ts';
import { format, type Table } from '../table.ts';
import { callsPerCancel, fairness, lost, mean, share } from './figures.ts';
import { functionGraph, kafka, sqs } from './queue.ts';
import { MINUTE_MS, type Outcome, type Scenario, simulate } from './simulate.ts';

const INSTANCES = [1, 2, 5, 10, 20] as const;
const SEEDS = [1, 2, 3, 4, 5, 6] as const;

const play = async (scenario: Scenario, seeds: readonly number[]): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const seed of seeds) outcomes.push(await simulate(scenario, seed * 7_919));
  return outcomes;
};

/** Share of the limit (the least of a seed), calls for each cancel, and what was lost where it was more than nothing. */
function cell(outcomes: readonly Outcome[]): string {
  const shares = outcomes.map((outcome) => share(outcome));
  const gone = outcomes.reduce((sum, outcome) => sum + lost(outcome), 0);
  const least = format(Math.min(...shares), 1);
  const calls = format(mean(outcomes.map(callsPerCancel)), 2);
  return `${format(mean(shares), 1)} (${least}) / ${calls}${gone > 0 ? ` / ${gone} lost` : ''}`;
}

/** The share of the limit for each number of instances, kind of limit and network. */
export async function sharesOfLimit(): Promise<Table> {
  const ways: readonly (readonly [string, LimitKind, readonly [number, number], readonly number[]])[] = [
    [`${STRICTEST}; 5–20 ms`, STRICTEST, [5, 20], SEEDS],
    [`${STRICTEST}; 5–80 ms`, STRICTEST, [5, 80], SEEDS],
    ...(Object.keys(LIMIT_KINDS) as LimitKind[])
      .filter((kind) => kind !== STRICTEST)
      .map((kind) => [`${kind}; 5–20 ms`, kind, [5, 20], SEEDS.slice(0, 3)] as const),
  ];
  const rows: string[][] = [];
  for (const [name, kind, legMs, seeds] of ways) {
    const row = [name];
    for (const instances of INSTANCES) row.push(cell(await play({ instances, kind, legMs }, seeds)));
    rows.push(row);
  }
  return { head: ['limit; network, each way', ...INSTANCES.map((count) => `${count} instances`)], rows };
}

const FEW = SEEDS.slice(0, 3);
const CHANGE_MS = 5 * MINUTE_MS;

async function change(label: string, scenario: Scenario, present: readonly number[]): Promise<string[]> {
  const outcomes = await play(scenario, FEW);
  const names = present.map((i) => `i${i}`);
  const fairAfter = (minutes: number): string => {
    const from = CHANGE_MS + minutes * MINUTE_MS;
    return format(mean(outcomes.map((outcome) => fairness(outcome, names, from, from + 2 * MINUTE_MS))), 2);
  };
  const used = format(mean(outcomes.map((outcome) => share(outcome, CHANGE_MS))), 1);
  return [label, used, format(mean(outcomes.map(callsPerCancel)), 2), ...[0, 2, 5, 10].map(fairAfter)];
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** What happens when instances come and go in the sixth minute, or start far apart. */
export async function comingAndGoing(): Promise<Table> {
  const late = (instances: number) => ({ instances, atMs: CHANGE_MS });
  return {
    head: [
      'change',
      'share of the limit after it',
      'calls per cancel',
      'fairness at once',
      'after 2 min',
      '5 min',
      '10 min',
    ],
    rows: [
      await change('1 joins 1', { instances: 2, late: late(1) }, range(0, 2)),
      await change('5 join 5', { instances: 10, late: late(5) }, range(0, 10)),
      await change('5 of 10 leave', { instances: 10, leaving: late(5) }, range(5, 10)),
      await change('10 start within a minute', { instances: 10, spreadMs: MINUTE_MS }, range(0, 10)),
    ],
  };
}

/** The numbers of deploy/shared.yml. */
const EVENTS = { instances: 2, callsPerMinute: 40, timeoutMs: 300_000 } as const;
const SQS = sqs(EVENTS.timeoutMs, 450_000, 8);
const FUNCTIONGRAPH = functionGraph(EVENTS.timeoutMs, 3, 6 * 3_600_000);

/** What the deployment and single functions have to do with it. */
export async function situations(): Promise<Table> {
  const rows: string[][] = [];
  const add = async (label: string, scenario: Scenario, say: (outcome: Outcome) => string): Promise<void> => {
    const [outcome] = await play(scenario, [1]);
    if (outcome !== undefined) rows.push([label, say(outcome)]);
  };
  const drained = (outcome: Outcome): string =>
    `${format((outcome.cancelledAt.at(-1) ?? 0) / MINUTE_MS, 0)} min, ${lost(outcome)} lost, ${format(callsPerCancel(outcome), 2)} calls per cancel`;
  const promptly = ({ httpMs }: Outcome): string =>
    `${format((100 * httpMs.filter((ms) => ms <= 10_000).length) / httpMs.length, 1)} % of ${httpMs.length} within 10 s`;
  const deliveries = ({ deliveries: [count], calls }: Outcome): string =>
    `${count === undefined ? 'given up' : `${count} deliveries`}, ${calls.filter(({ from }) => from !== 'another program').length} calls`;
  const burst = { ...EVENTS, messages: 5_000 };
  await add('5,000 messages through SQS', { ...burst, platform: SQS }, drained);
  await add(
    'the same beside another program that makes 30 calls a minute',
    { ...burst, platform: SQS, foreign: 30 },
    drained,
  );
  await add('5,000 events through FunctionGraph’s queue', { ...burst, platform: FUNCTIONGRAPH }, drained);
  await add(
    'the same, 1 % of the answers lost, 1 % 504',
    { ...burst, platform: FUNCTIONGRAPH, lost: 0.01, failed: 0.01 },
    drained,
  );
  await add('four HTTP cancels a minute meanwhile', { ...burst, platform: SQS, httpEveryMs: 15_000 }, promptly);
  const one = { instances: 1, messages: 1 };
  await add('one SQS message of 600 ids, limit 100', { ...one, assets: 600, platform: SQS }, deliveries);
  await add(
    'the same, two instances in turn, limit 40 each',
    { ...EVENTS, messages: 1, assets: 600, platform: SQS },
    deliveries,
  );
  await add(
    'a Kafka batch of 100 beside 80 foreign calls a minute',
    { ...one, assets: 100, callsPerMinute: 40, platform: kafka(EVENTS.timeoutMs, 3), foreign: 80 },
    deliveries,
  );
  await add(
    '2,000 messages, 5 instances, 30 foreign calls a minute',
    { instances: 5, foreign: 30 },
    (outcome) => `${cell([outcome])} with theirs`,
  );
  return { head: ['case', 'what comes of it'], rows };
}
