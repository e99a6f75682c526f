import type { ContestantName } from './contestants.ts';
import type { MeasuredFigure } from './protocol.ts';
import type { Round } from './rounds.ts';

/** The size of what is deployed. */
export interface Size {
  readonly rawBytes: number;
  readonly gzipBytes: number;
}

/** All that one bench has found. */
export interface Results {
  readonly contestants: readonly ContestantName[];
  /** Of those that are a single file. */
  readonly sizes: Readonly<Partial<Record<ContestantName, Size>>>;
  readonly cold: readonly Round[];
  readonly warm: readonly Round[];
}

/** A figure of every cold run is one of cold runs alone: warm runs have a first call as well, but fewer of them. */
const COLD_FIGURES: ReadonlySet<MeasuredFigure> = new Set(['loadMs', 'firstCallMs', 'firstResultMs']);

const roundsFor = (results: Results, figure: MeasuredFigure): readonly Round[] =>
  COLD_FIGURES.has(figure) ? results.cold : results.warm;

/** A figure of one contestant, round by round; empty where it has none. */
export function valuesOf(results: Results, name: ContestantName, figure: MeasuredFigure): number[] {
  return roundsFor(results, figure)
    .map((round) => round[name]?.[figure])
    .filter((value) => value !== undefined);
}

/**
 * A figure of one contestant against another's, round by round: both were taken within seconds, so that a machine that
 * is slower for a while does not count.
 *
 * @param against - how the two make one value
 */
export function compare(
  results: Results,
  figure: MeasuredFigure,
  [left, right]: readonly [ContestantName, ContestantName],
  against: (left: number, right: number) => number,
): number[] {
  return roundsFor(results, figure)
    .map((round) => [round[left]?.[figure], round[right]?.[figure]] as const)
    .flatMap(([one, other]) => (one === undefined || other === undefined ? [] : [against(one, other)]));
}
