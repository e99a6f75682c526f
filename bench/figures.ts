import { type MeasuredFigure, PAUSE_MS } from './protocol.ts';

/** How a figure is shown. */
export interface Figure {
  readonly key: MeasuredFigure;
  readonly title: string;
  readonly digits: number;
}

/** Measured figures, in the order of the rows. */
export const FIGURES: readonly Figure[] = [
  { key: 'loadMs', title: 'cold: load, ms', digits: 1 },
  { key: 'firstCallMs', title: 'cold: first call, ms', digits: 1 },
  { key: 'firstResultMs', title: 'cold: first line to first result, ms', digits: 1 },
  { key: 'warmP50Us', title: 'warm call, p50, µs', digits: 0 },
  { key: 'warmP99Us', title: 'warm call, p99, µs', digits: 0 },
  { key: 'pausedP50Us', title: `warm call after a pause of ${PAUSE_MS} ms, p50, µs`, digits: 0 },
  { key: 'perSecond1', title: 'calls per second, 1 in flight', digits: 0 },
  { key: 'perSecond10', title: 'calls per second, 10 in flight', digits: 0 },
  { key: 'perSecond50', title: 'calls per second, 50 in flight', digits: 0 },
  { key: 'cpuPerCall50Us', title: 'CPU per call, 50 in flight, µs', digits: 0 },
  { key: 'standInCpuUs', title: 'CPU of the stand-in per call, µs', digits: 0 },
  { key: 'refusedP50Us', title: 'request refused before the network, p50, µs', digits: 0 },
  { key: 'answeredP50Us', title: 'cancel answered without the network, p50, µs', digits: 0 },
  { key: 'peakRssKb', title: 'peak RSS after 1,000 cancels, kB', digits: 0 },
];
