import type { Account as VodAccount } from '../local/vod/authentication.ts';
import type { Candidate } from './candidates.ts';

/** The account that signs calls, and the server. */
export interface Account extends VodAccount {
  /** Scheme, host and port of the stand-in. */
  readonly endpoint: string;
}

/** What a client exports as `open`. The result cancels one asset and returns VOD's status. */
export type OpenClient = (account: Account) => (assetId: string) => Promise<number | undefined>;

/** How many calls a warm program makes. A cold run ends with its first call. */
export interface WarmPlan {
  /** Calls before the memory is read, including the first. They are not timed. */
  readonly warmUp: number;
  /** One after the other. */
  readonly sequential: number;
  /** With 10 in flight, then again with 50. */
  readonly concurrent: number;
  /** Cancels that are answered without the network, and as many refused requests. Functions only. */
  readonly handled: number;
}

/** The only argument of the program, as JSON. It reports its sample as JSON on {@link REPORT_FD}: stdout is for its log. */
export interface Instructions extends Pick<Candidate, 'name' | 'file'> {
  readonly account: Account;
  readonly warm?: WarmPlan;
}

export const REPORT_FD = 3;

/** Returns the calls of a run that reach VOD. The stand-in must cancel exactly as many. */
export function callsOf(warm: WarmPlan | undefined): number {
  return warm === undefined ? 1 : warm.warmUp + warm.sequential + 2 * warm.concurrent;
}

/** Returns the log lines of a function's run: one for each cancel and each refusal. */
export function linesOf(warm: WarmPlan | undefined): number {
  return callsOf(warm) + 2 * (warm?.handled ?? 0);
}

/** Returns the id of the stand-in's n-th asset, from 0. Each is cancelled once, so each call gets a 204. */
export function assetIdAt(n: number): string {
  return n.toString(16).padStart(32, '0');
}
