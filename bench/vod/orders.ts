/** What the bench asks of the stand-in's process: a VOD of its own for each run, and what became of it. */
export type Order =
  | {
      readonly kind: 'open';
      /** How many assets wait for a cancel. */
      readonly assets: number;
      readonly tls: boolean;
    }
  | { readonly kind: 'close' };

export interface Opened {
  readonly origin: string;
}

/** The calls of a run, counted where they arrived. */
export interface Tally {
  /** Answered by 204, and the asset's task cancelled. */
  readonly cancelled: number;
  readonly other: number;
  /** Processor time of the stand-in for one call, in microseconds. */
  readonly cpuUs: number;
}
