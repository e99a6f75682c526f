/** Whom calls are signed for, and where they go. */
export interface Account {
  /** Scheme, host and port of the stand-in. */
  readonly endpoint: string;
  readonly ak: string;
  readonly sk: string;
  readonly projectId: string;
}

/** How many calls a program makes once it is warm; a cold run ends with its first call. */
export interface WarmPlan {
  /** Calls after which the peak of the memory is read, the first one included; none of them is timed. */
  readonly warmUp: number;
  /** One after the other, each timed. */
  readonly sequential: number;
  /** Each after a pause of {@link PAUSE_MS}, and timed without it. */
  readonly paused: number;
  /** With 10 in flight, then again with 50. */
  readonly concurrent: number;
  /** Cancels that are answered without the network, and as many requests that end before it; of functions only. */
  readonly handled: number;
}

/** What a program is told, as JSON in its only argument. */
export interface Instructions {
  /** The file to load: a bundle or a client. */
  readonly subject: string;
  readonly account: Account;
  readonly warm?: WarmPlan;
}

/** What a program tells, as JSON on file descriptor 3: its output is a log, and stays one. */
export type Sample = Readonly<Partial<Record<MeasuredFigure, number>>>;

export type MeasuredFigure =
  | 'loadMs'
  | 'firstCallMs'
  | 'firstResultMs'
  | 'peakRssKb'
  | 'warmP50Us'
  | 'warmP99Us'
  | 'perSecond1'
  | 'perSecond10'
  | 'perSecond50'
  | 'perCpuSecond50'
  | 'cpuShare50'
  | 'pausedP50Us'
  | 'refusedP50Us'
  | 'answeredP50Us'
  | 'standInCpuUs';

/** File descriptor of the report. */
export const REPORT_FD = 3;

/** A pause in which client and stand-in come to rest, in milliseconds. */
export const PAUSE_MS = 2;

/** Calls that reach VOD in a run: the stand-in must have cancelled exactly as many. */
export function callsOf(warm: WarmPlan | undefined): number {
  return warm === undefined ? 1 : warm.warmUp + warm.sequential + warm.paused + 2 * warm.concurrent;
}

/** Lines that a function logs in a run: one for each cancel and each refusal, network or not. */
export function linesOf(warm: WarmPlan | undefined): number {
  return callsOf(warm) + (warm === undefined ? 0 : 2 * (warm.handled + warmUpOf(warm.handled)));
}

/** Handled without the network before any is timed. */
export const warmUpOf = (handled: number): number => Math.ceil(handled / 4);

/** The id of the stand-in's n-th asset, from 0. Each waits for one cancel, so that each call of a run is a 204. */
export function assetIdAt(n: number): string {
  return n.toString(16).padStart(32, '0');
}
