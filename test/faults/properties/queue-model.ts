import type { TranscodeStatus } from '../../../lib/cancel/outcome.ts';

// A model of the asset, independent of the code: which result a cancel must have, given what really happens to the queue
// during the cancel.

/** Where an asset's transcode is. */
export type QueueState = 'none' | 'waiting' | 'running' | 'done';

/** What VOD does with one call of the cancel endpoint. */
export interface Step {
  /** Whether the waiting task starts just before VOD looks at the call. */
  readonly startsBefore: boolean;
  /** `answered`: as it should be. The others leave a doubt; `…_done` after the cancel took effect. */
  readonly call: 'answered' | 'lost' | 'lost_done' | 'failed' | 'failed_done';
}

/** What becomes of the status read, should there be one. */
export interface Read {
  readonly startsBefore: boolean;
  readonly forbidden: boolean;
}

export interface Prediction {
  readonly outcome: 'cancelled' | 'not_queued' | 'unknown' | 'failed';
  readonly retryable: boolean;
  readonly code: string | undefined;
  readonly attempts: number;
  readonly reads: number;
  /** Whether a status read settled a doubt. */
  readonly inferred: true | undefined;
  /** `transcode_status` of the result. */
  readonly transcodeStatus: TranscodeStatus | undefined;
  /** Where the cancel leaves the asset. */
  readonly state: QueueState;
}

/** How the asset list tells each state. */
export const STATUS_OF = {
  none: 'UN_TRANSCODE',
  waiting: 'WAITING_TRANSCODE',
  running: 'TRANSCODING',
  done: 'TRANSCODE_SUCCEED',
} as const satisfies Record<QueueState, TranscodeStatus>;

const MAX_ATTEMPTS = 3;

/** The codes of the two kinds of doubt, as the steps bring them about. */
const LOST = 'VOD_CONNECTION_LOST';
const FAILED = 'APIGW.0201';

const start = (state: QueueState): QueueState => (state === 'waiting' ? 'running' : state);
const take = (state: QueueState): QueueState => (state === 'waiting' ? 'none' : state);

/**
 * Predicts what a cancel comes to.
 *
 * @param before - where the asset is when the cancel begins
 * @param steps - what its attempts meet; those beyond them are answered
 */
export function predict(before: QueueState, steps: readonly Step[], read: Read): Prediction {
  let state = before;
  let lost = false;
  let doubtful = false;
  for (let attempts = 1; attempts <= MAX_ATTEMPTS; attempts += 1) {
    const step = steps[attempts - 1] ?? { startsBefore: false, call: 'answered' };
    if (step.startsBefore) state = start(state);
    if (step.call === 'answered' && state === 'waiting') {
      return { outcome: 'cancelled', ...final, attempts, reads: 0, state: 'none' };
    }
    if (step.call === 'answered') return settled(state, read, { attempts, code: 'VOD.10083', doubtful });
    if (step.call.endsWith('_done')) state = take(state);
    doubtful = true;
    lost ||= step.call.startsWith('lost');
  }
  if (lost) return settled(state, read, { attempts: MAX_ATTEMPTS, code: LOST, doubtful });
  // Where every doubtful attempt was a 5xx and the last one too, `failed` stands without a read.
  const stands = {
    outcome: 'failed',
    retryable: true,
    code: FAILED,
    inferred: undefined,
    transcodeStatus: undefined,
  } as const;
  return { ...stands, attempts: MAX_ATTEMPTS, reads: 0, state };
}

const final = { retryable: false, code: undefined, inferred: undefined, transcodeStatus: undefined } as const;

interface Question {
  readonly attempts: number;
  readonly code: string;
  readonly doubtful: boolean;
}

/** The two columns of the truth table, and the paragraph "Too early". */
function settled(before: QueueState, read: Read, { attempts, code, doubtful }: Question): Prediction {
  const state = read.startsBefore ? start(before) : before;
  const transcodeStatus = read.forbidden ? undefined : STATUS_OF[state];
  const common = { attempts, reads: 1, state, transcodeStatus, inferred: undefined };
  const inferred = doubtful && !read.forbidden ? true : undefined;
  const notQueued = { outcome: 'not_queued', retryable: false, code, ...common, inferred } as const;
  const unknown = { outcome: 'unknown', retryable: true, code, ...common } as const;
  if (read.forbidden) return doubtful ? unknown : notQueued;
  if (state === 'waiting') return code === LOST ? unknown : { ...unknown, outcome: 'failed' };
  if (state === 'none' && doubtful)
    return { outcome: 'cancelled', retryable: false, ...common, inferred, code: undefined };
  return notQueued;
}
