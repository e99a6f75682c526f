import type { ContestantName } from './contestants.ts';
import type { MeasuredFigure } from './protocol.ts';
import type { Round } from './rounds.ts';

/** The size of a bundle. */
export interface Size {
  readonly rawBytes: number;
  readonly gzipBytes: number;
}

/** The results of one bench. */
export interface Results {
  readonly contestants: readonly ContestantName[];
  /** Only of contestants that are a single file. */
  readonly sizes: Readonly<Partial<Record<ContestantName, Size>>>;
  readonly cold: readonly Round[];
  readonly warm: readonly Round[];
}

/** Cold figures come from cold runs only. Warm runs have a first call too, but there are fewer. */
const COLD_FIGURES: ReadonlySet<MeasuredFigure> = new Set(['loadMs', 'firstCallMs', 'firstResultMs']);

const roundsFor = (results: Results, figure: MeasuredFigure): readonly Round[] =>
  COLD_FIGURES.has(figure) ? results.cold : results.warm;

/** Returns a contestant's figure in each round; empty if there is none. */
export function valuesOf(results: Results, name: ContestantName, figure: MeasuredFigure): number[] {
  return roundsFor(results, figure)
    .map((round) => round[name]?.[figure])
    .filter((value) => value !== undefined);
}

/**
 * Compares two contestants in each round. Both were measured within seconds, so a machine that is slow for a while does
 * not matter.
 *
 * @param against - makes one value of the two
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
