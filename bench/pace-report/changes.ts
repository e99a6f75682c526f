import { MINUTE_MS, type Outcome } from '../pace/simulate.ts';
import { format } from '../table.ts';
import { callsPerCancel, fairness, mean, share } from './figures.ts';
import type { SimulatedTable } from './simulated-table.ts';

const CHANGE_MS = 5 * MINUTE_MS;
/** Jain's index from which shares are called fair. It is checked every quarter of a minute. */
const FAIR = 0.9;
const CHECKED_MINUTES = Array.from({ length: 53 }, (_, i) => 1 + i / 4);

/** Returns the cells for the instances from `from` up to, but not including, `to`. */
const fairnessCells =
  (from: number, to: number) =>
  (outcomes: readonly Outcome[]): readonly string[] => {
    const names = Array.from({ length: to - from }, (_, i) => `i${from + i}`);
    const fairAfter = (minutes: number): number =>
      mean(outcomes.map((outcome) => fairness(outcome, names, CHANGE_MS + minutes * MINUTE_MS)));
    const fair = CHECKED_MINUTES.find((minutes) => fairAfter(minutes) >= FAIR);
    return [
      format(mean(outcomes.map((outcome) => share(outcome, CHANGE_MS))), 1),
      format(callsPerCancel(outcomes), 2),
      ...[1, 2, 5, 10].map((minutes) => format(fairAfter(minutes), 2)),
      fair === undefined ? 'not in 14 min' : `${format(fair, 0)} min`,
    ];
  };

const FAIRNESS = ['fairness after 1 min', '2 min', '5 min', '10 min', 'fair after'];

/** What happens when instances come and go in the sixth minute, or start far apart. */
export const CHANGES: SimulatedTable = {
  head: ['change', 'share of the limit after it', 'calls per cancel', ...FAIRNESS],
  rows: [
    ['1 joins 1', [{ instances: 2, joining: 1 }], 3, fairnessCells(0, 2)],
    ['5 join 5', [{ instances: 10, joining: 5 }], 3, fairnessCells(0, 10)],
    ['5 of 10 leave', [{ instances: 10, leaving: 5 }], 3, fairnessCells(5, 10)],
    ['10 start within a minute', [{ instances: 10, spreadMs: MINUTE_MS }], 3, fairnessCells(0, 10)],
  ],
};
