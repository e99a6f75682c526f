import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Platform } from '../pace/queue.ts';
import { MINUTE_MS, type Outcome } from '../pace/simulate.ts';
import { format } from '../table.ts';
import { callsPerCancel, mean } from './figures.ts';
import { usage } from './shares.ts';
import type { Row, SimulatedTable } from './simulated-table.ts';

/** Of deploy/shared.yml. Times are in seconds. */
interface Deployed {
  readonly timeout: number;
  readonly instances: number;
  readonly retryAttempts: number;
  readonly eventAge: number;
  readonly batchSize: number;
  readonly queue: { readonly batchSize: number; readonly visibilityTimeout: number; readonly maxReceiveCount: number };
  readonly environment: { readonly VOD_CALLS_PER_MINUTE: string };
}

const shared = readFileSync(join(import.meta.dirname, '../../deploy/shared.yml'), 'utf8');
const deployed = (parse(shared) as { readonly cancelSuperseded: Deployed }).cancelSuperseded;
const EVENTS = {
  instances: deployed.instances,
  callsPerMinute: Number(deployed.environment.VOD_CALLS_PER_MINUTE),
};
const timeoutMs = 1_000 * deployed.timeout;
const SQS: Platform = {
  event: 'sqs',
  batchSize: deployed.queue.batchSize,
  timeoutMs,
  hiddenMs: 1_000 * deployed.queue.visibilityTimeout,
  maxDeliveries: deployed.queue.maxReceiveCount,
  maxAgeMs: 4 * 86_400_000,
};
/** A retry comes a minute after the failure. */
const FUNCTIONGRAPH: Platform = {
  event: 'functionGraph',
  batchSize: 1,
  timeoutMs,
  hiddenMs: timeoutMs + MINUTE_MS,
  maxDeliveries: 1 + deployed.retryAttempts,
  maxAgeMs: 1_000 * deployed.eventAge,
};

const drained = (outcomes: readonly Outcome[]): string => {
  const minutes = mean(outcomes.map(({ cancelledAt }) => (cancelledAt.at(-1) ?? 0) / MINUTE_MS));
  return `${format(minutes, 0)} min, ${format(callsPerCancel(outcomes), 2)} calls per cancel`;
};

const handled = (outcomes: readonly Outcome[]): string => {
  const calls = Math.max(...outcomes.map(({ ownCalls }) => ownCalls));
  const count = Math.max(...outcomes.flatMap(({ deliveries }) => deliveries));
  return `${count} ${count === 1 ? 'delivery' : 'deliveries'}, ${calls} calls`;
};

const isHandledIn = (most: number) => (outcomes: readonly Outcome[]) =>
  outcomes.every(({ deliveries: [count = Number.POSITIVE_INFINITY] }) => count <= most);

/** Cancels through HTTP that succeeded within 10 s, in per cent. */
const prompt = (outcomes: readonly Outcome[]): number =>
  mean(outcomes.flatMap(({ httpMs }) => httpMs.map((ms) => (ms <= 10_000 ? 100 : 0))));

const isPrompt = (outcomes: readonly Outcome[]) => prompt(outcomes) >= 95;

const promptCell = (outcomes: readonly Outcome[]) => `${format(prompt(outcomes), 1)} % within 10 s`;

const BURST = { ...EVENTS, messages: 5_000, platform: SQS };
const HUAWEI_BURST = { ...BURST, platform: FUNCTIONGRAPH };
const MESSAGE = { messages: 1, assets: 600, platform: SQS };
const inTurn = (platform: Platform) => ({ ...EVENTS, ...MESSAGE, platform: { ...platform, takesTurns: true } });
const KAFKA: Platform = { ...FUNCTIONGRAPH, event: 'kafka' };
const BATCH = { ...EVENTS, messages: 1, assets: deployed.batchSize, platform: KAFKA };

/** Cases of the deployment, and of single functions. */
const ROWS: readonly Row[] = [
  ['5,000 messages through SQS', [BURST], 1, drained],
  ['the same beside another program that makes 30 calls a minute', [{ ...BURST, foreign: 30 }], 1, drained],
  ['5,000 events through FunctionGraph’s queue', [HUAWEI_BURST], 1, drained],
  ['the same, 1 % of the answers lost, 1 % 504', [{ ...HUAWEI_BURST, lost: 0.01, failed: 0.01 }], 1, drained],
  ['four HTTP cancels a minute during 5,000 messages', [{ ...BURST, httpEveryMs: 15_000 }], 1, promptCell, isPrompt],
  ['one SQS message of 600 ids, limit 100', [MESSAGE], 6, handled, isHandledIn(3)],
  ['the same, two instances in turn, limit 40 each', [inTurn(SQS)], 6, handled, isHandledIn(3)],
  ['the same through FunctionGraph’s queue', [inTurn(FUNCTIONGRAPH)], 6, handled, isHandledIn(3)],
  ['a Kafka batch of 100 beside 80 foreign calls a minute', [{ ...BATCH, foreign: 80 }], 6, handled, isHandledIn(2)],
  ['2,000 messages, 5 instances, 30 foreign calls a minute', [{ instances: 5, foreign: 30 }], 3, usage],
];

export const CASES: SimulatedTable = { head: ['case', 'result'], rows: ROWS };
