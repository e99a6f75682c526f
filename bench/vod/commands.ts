/** A message to the stand-in's process. Each run gets a new VOD, in which `assets` assets wait for a cancel. */
export type Command = { readonly kind: 'open'; readonly assets: number } | { readonly kind: 'close' };

export interface Opened {
  readonly origin: string;
}

/** The calls of a run, counted by the stand-in. */
export interface Tally {
  /** Calls that were answered by 204 and cancelled the task. */
  readonly cancelled: number;
  readonly other: number;
  /** Processor time of the stand-in for one call, in microseconds. */
  readonly cpuUs: number;
}
