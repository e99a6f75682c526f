/** What the process that is soaked is told to do; plain data. */
export interface SoakPlan {
  readonly invocations: number;
  /** Invocations under way at once. */
  readonly atOnce: number;
  /** How many times, evenly spaced, the process stands still and is measured. */
  readonly samples: number;
  readonly endpoint: string;
  readonly projectId: string;
  /** Used one after the other, as a platform rotates the key of an agency. */
  readonly keys: readonly SoakKey[];
  /** A key that VOD refuses. */
  readonly wrongKey: SoakKey;
}

export interface SoakKey {
  readonly ak: string;
  readonly sk: string;
  readonly securityToken: string;
}

/** What the process held while nothing was under way. */
export interface SoakSample {
  readonly invocations: number;
  /** After two collections, in bytes. */
  readonly heapBytes: number;
  /** Open ones, those included that idle in a pool. */
  readonly sockets: number;
  readonly timers: number;
  /** Anything else that keeps the process alive: handles and requests by Node's own names. */
  readonly others: number;
  /** How many invocations came to each outcome so far. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** The kinds of invocations, by the first digit of the asset they are about. */
const SOAK_KINDS = {
  '0': 'cancelled',
  '1': 'not queued',
  '2': 'not found',
  '3': '503, then cancelled',
  '4': '504 after it was done, then settled by a read',
  '5': 'never answered',
  '6': 'refused for good',
  '7': 'an undocumented answer',
  '8': 'with a key that VOD refuses',
  '9': 'a request that makes no call',
} as const;

export type SoakKind = keyof typeof SOAK_KINDS;

/** Mostly cancels that work, as in life; every other kind once in a while. */
export function kindOf(invocation: number): SoakKind {
  const kinds = Object.keys(SOAK_KINDS) as readonly SoakKind[];
  return (invocation % 5 === 0 ? kinds[(invocation / 5) % kinds.length] : undefined) ?? '0';
}
