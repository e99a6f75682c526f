/** The account that signs calls, and the server. */
export interface Account {
  /** Scheme, host and port of the stand-in. */
  readonly endpoint: string;
  readonly ak: string;
  readonly sk: string;
  readonly projectId: string;
}

/** How many calls a warm program makes. A cold run ends with its first call. */
export interface WarmPlan {
  /** Calls before the memory is read, including the first. They are not timed. */
  readonly warmUp: number;
  /** One after the other, each timed. */
  readonly sequential: number;
  /** Each after a pause of {@link PAUSE_MS}, which is not counted. */
  readonly paused: number;
  /** With 10 in flight, then again with 50. */
  readonly concurrent: number;
  /** Cancels that are answered without the network, and as many refused requests. Functions only. */
  readonly handled: number;
}

/** The only argument of a program, as JSON. */
export interface Instructions {
  /** The file to load: a bundle or a client. */
  readonly subject: string;
  readonly account: Account;
  readonly warm?: WarmPlan;
}

/** The report of a program, as JSON on file descriptor 3. Stdout is for its log. */
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
  | 'cpuPerCall50Us'
  | 'pausedP50Us'
  | 'refusedP50Us'
  | 'answeredP50Us'
  | 'standInCpuUs';

/** File descriptor of the report. */
export const REPORT_FD = 3;

/** A pause after which client and stand-in are idle, in milliseconds. */
export const PAUSE_MS = 2;

/** Returns the calls of a run that reach VOD. The stand-in must cancel exactly as many. */
export function callsOf(warm: WarmPlan | undefined): number {
  return warm === undefined ? 1 : warm.warmUp + warm.sequential + warm.paused + 2 * warm.concurrent;
}

/** Returns the log lines of a run: one for each cancel and each refusal. */
export function linesOf(warm: WarmPlan | undefined): number {
  return callsOf(warm) + (warm === undefined ? 0 : 2 * (warm.handled + warmUpOf(warm.handled)));
}

/** Returns the calls without the network that are not timed. */
export const warmUpOf = (handled: number): number => Math.ceil(handled / 4);

/** Returns the id of the stand-in's n-th asset, from 0. Each is cancelled once, so each call gets a 204. */
export function assetIdAt(n: number): string {
  return n.toString(16).padStart(32, '0');
}
