import type { CandidateName } from './candidates.ts';

/** A goal for the functions. */
export interface Goal {
  readonly bound: '≤' | '≥';
  readonly limit: number;
  /** The goal is for the ratio to this candidate's figure. Default: for the figure itself. */
  readonly relativeTo: CandidateName | undefined;
}

/** How a figure is shown, and what is to be reached. */
export interface Figure {
  /** Ends in the unit, if it has one. */
  readonly title: string;
  /** Default: 0. */
  readonly digits?: number;
  readonly goals?: readonly Goal[];
}

const atMost = (limit: number, relativeTo?: CandidateName): Goal => ({ bound: '≤', limit, relativeTo });
const atLeast = (limit: number, relativeTo?: CandidateName): Goal => ({ bound: '≥', limit, relativeTo });

/** The figures, in the order of the rows. */
export const FIGURES = {
  rawBytes: { title: 'size, bytes', goals: [atMost(100_000)] },
  gzipBytes: { title: 'size after gzip -9, bytes', goals: [atMost(28_000)] },
  loadMs: { title: 'cold: load, ms', digits: 1 },
  firstCallMs: { title: 'cold: first call, ms', digits: 1 },
  firstResultMs: { title: 'cold: first line to first result, ms', digits: 1, goals: [atMost(1.4, 'floor')] },
  warmP50Us: { title: 'warm call, p50, µs' },
  warmP99Us: { title: 'warm call, p99, µs' },
  perSecond1: { title: 'calls per second, 1 in flight' },
  perSecond10: { title: 'calls per second, 10 in flight' },
  perSecond50: { title: 'calls per second, 50 in flight', goals: [atLeast(0.75, 'floor')] },
  cpuPerCall50Us: {
    title: 'CPU per call, 50 in flight, µs',
    goals: [atMost(1.5, 'floor'), atMost(0.42, 'sdk-installed')],
  },
  // The overhead of the handler: both figures must meet the goal.
  refusedP50Us: { title: 'request refused before the network, p50, µs', goals: [atMost(50)] },
  answeredP50Us: { title: 'cancel answered without the network, p50, µs', goals: [atMost(50)] },
  peakRssKiB: { title: 'peak RSS after 1,000 cancels, KiB', goals: [atMost(1.2, 'floor')] },
} satisfies Record<string, Figure>;

export type FigureName = keyof typeof FIGURES;

/** What one run of a candidate measured. */
export type Sample = Readonly<Partial<Record<FigureName, number>>>;
