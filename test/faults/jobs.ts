import { FAULTS, type Fault } from '../helpers/faults.ts';

/** A key, with a token where it is a temporary one. */
export interface Key {
  readonly ak: string;
  readonly sk: string;
  readonly securityToken?: string;
}

/** A kind of invocation: what its calls meet, and what it must return. */
export interface Kind {
  readonly name: string;
  /** What each call about its asset meets, in order; those beyond are answered as they should be. */
  readonly faults: readonly Fault[];
  readonly asset: 'WAITING_TRANSCODE' | 'TRANSCODING' | 'none';
  readonly settings?: Readonly<Record<string, string>>;
  readonly remainingMs?: number;
  /** Signs with a key that VOD does not know. */
  readonly wrongKey?: boolean;
  readonly expected: readonly [status: number, outcome: string, code: string | undefined, attempts: number];
  readonly cancels: number;
}

const KINDS: readonly Kind[] = [
  { name: 'fine', faults: [], asset: 'WAITING_TRANSCODE', expected: [200, 'cancelled', undefined, 1], cancels: 1 },
  { name: 'too late', faults: [], asset: 'TRANSCODING', expected: [409, 'not_queued', 'VOD.10083', 1], cancels: 1 },
  { name: 'unheard of', faults: [], asset: 'none', expected: [404, 'not_found', 'VOD.10062', 1], cancels: 1 },
  {
    name: 'without permission',
    faults: [FAULTS['forbidden-10074']],
    asset: 'WAITING_TRANSCODE',
    expected: [502, 'failed', 'VOD.10074', 1],
    cancels: 1,
  },
  {
    name: 'done but never answered',
    faults: [FAULTS['applied-no-answer']],
    asset: 'WAITING_TRANSCODE',
    settings: { VOD_ATTEMPT_TIMEOUT_MS: '3000' },
    expected: [200, 'cancelled', undefined, 2],
    cancels: 2,
  },
  {
    name: 'never answered, one attempt of 300 ms',
    faults: [FAULTS.hang],
    asset: 'WAITING_TRANSCODE',
    settings: { VOD_MAX_ATTEMPTS: '1', VOD_ATTEMPT_TIMEOUT_MS: '300' },
    expected: [504, 'unknown', 'VOD_TIMEOUT', 1],
    cancels: 1,
  },
  {
    name: 'out of time',
    faults: [],
    asset: 'WAITING_TRANSCODE',
    remainingMs: 400,
    expected: [504, 'failed', 'DEADLINE', 0],
    cancels: 0,
  },
  {
    name: 'with a wrong key',
    faults: [],
    asset: 'WAITING_TRANSCODE',
    wrongKey: true,
    expected: [502, 'failed', 'APIGW.0301', 1],
    cancels: 1,
  },
];

/** One invocation: a kind of its own, a VOD of two, one of many keys, an asset that no other job asks for. */
export interface Job {
  readonly assetId: string;
  readonly requestId: string;
  readonly kind: Kind;
  readonly vod: 0 | 1;
  readonly key: Key;
}

// Retries stay within what a fresh process can afford (35), or the budget, rightly, would mix them.
const JOBS_OF_A_KIND = 24;

const keysOf = (vod: 0 | 1): readonly Key[] =>
  Array.from({ length: 6 }, (_, i) => ({
    ak: `AK-EXAMPLE-${vod}-${i}`,
    sk: `SK-EXAMPLE-NOT-A-SECRET-${vod}-${i}`,
    ...(i % 2 === 1 && { securityToken: `TOKEN-EXAMPLE-NOT-A-SECRET-${vod}-${i}` }),
  }));

export const KEYS = [keysOf(0), keysOf(1)] as const;

export const JOBS: readonly Job[] = Array.from({ length: JOBS_OF_A_KIND * KINDS.length }, (_, i): Job => {
  const kind = KINDS[i % KINDS.length] ?? KINDS[0];
  const vod = Math.floor(i / KINDS.length) % 2 === 0 ? 0 : 1;
  const known = KEYS[vod][Math.floor(i / (2 * KINDS.length)) % KEYS[vod].length];
  if (kind === undefined || known === undefined) throw new Error('no such kind or key');
  const key = kind.wrongKey ? { ak: `AK-EXAMPLE-WRONG-${i}`, sk: 'SK-EXAMPLE-NOT-A-SECRET-WRONG' } : known;
  return { assetId: i.toString(16).padStart(32, '0'), requestId: `request-${i}`, kind, vod, key };
});

export const jobOf = new Map(JOBS.map((job) => [job.assetId, job]));
