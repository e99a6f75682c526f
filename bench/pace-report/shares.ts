import { LIMIT_KINDS, type LimitKind, STRICTEST } from '../../local/vod/minute-limit.ts';
import { MINUTE_MS, type Outcome } from '../pace/simulate.ts';
import { format } from '../table.ts';
import { callsPerCancel, mean, share } from './figures.ts';
import type { Row, SimulatedTable } from './simulated-table.ts';

const INSTANCES = [1, 2, 5, 10, 20] as const;

const sharesOf = (outcomes: readonly Outcome[]): number[] => outcomes.map((outcome) => share(outcome, MINUTE_MS));

/** The mean share of the limit, in brackets the lowest of a run, and the calls for each cancel. */
export function usage(outcomes: readonly Outcome[]): string {
  const shares = sharesOf(outcomes);
  const [average, least] = [mean(shares), Math.min(...shares)].map((value) => format(value, 1));
  return `${average} (${least}) / ${format(callsPerCancel(outcomes), 2)}`;
}

const row = (kind: LimitKind, oneWayMs: readonly [number, number], seeds: number, least: number, most: number): Row => [
  `${kind}; ${oneWayMs.join('–')} ms`,
  INSTANCES.map((instances) => ({ instances, kind, oneWayMs })),
  seeds,
  usage,
  (outcomes, { instances }) =>
    mean(sharesOf(outcomes)) >= (instances === 10 ? Math.min(94, least) : least) && callsPerCancel(outcomes) <= most,
];

const OTHERS = (Object.keys(LIMIT_KINDS) as LimitKind[]).filter((kind) => kind !== STRICTEST);

/** The share of the limit for each kind of limit, network and number of instances. */
export const SHARES: SimulatedTable = {
  head: ['limit; network, each way', ...INSTANCES.map((count) => `${count} ${count === 1 ? 'instance' : 'instances'}`)],
  rows: [
    row(STRICTEST, [5, 20], 6, 96, 1.05),
    row(STRICTEST, [5, 80], 6, 0, 1.05),
    ...OTHERS.map((kind) => row(kind, [5, 20], 3, 0, 1.1)),
  ],
};
