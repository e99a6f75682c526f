import { MIN_CALL_MS } from '../../lib/cancel/attempts.ts';
import { errorAnswer } from '../vod/answers.ts';
import type { PutAsset, TranscodeStatus } from '../vod/assets.ts';
import { applied, FAULTS, type Fault, type FaultName, says } from '../vod/faults.ts';
import {
  emptied,
  inferred,
  mayPass,
  notFound,
  notQueued,
  throttledOut,
  tooEarly,
  unknown,
  willNotPass,
} from './expected.ts';
import { UNREADABLE } from './list-faults.ts';
import { type Expected, type Met, PATIENT_MS, RESERVE_MS, type Row } from './row.ts';
import { IMPATIENT } from './rows-network.ts';

/** An attempt that leaves a doubt: as it is when nothing was done, and when the cancel took effect all the same. */
interface Doubt {
  readonly about: string;
  readonly fruitless: FaultName | Fault;
  readonly effective: FaultName | Fault;
  /** The code of such an attempt that was the last one. */
  readonly code: string;
  readonly lost: boolean;
  /** What becomes of the status read where it gives nothing. */
  readonly reads: typeof UNREADABLE;
}

/** One that stands for all that can become of a status read, where another kind of doubt meets them all. */
const ONE_READ = UNREADABLE.slice(0, 1);

const TIMED_OUT = says({ status: 408, body: 'Request Timeout' });

const DOUBTS: readonly Doubt[] = [
  {
    about: 'no answer',
    fruitless: 'hang',
    effective: 'applied-no-answer',
    code: 'VOD_TIMEOUT',
    lost: true,
    reads: ONE_READ,
  },
  {
    about: 'reset',
    fruitless: 'reset-before-read',
    effective: 'applied-reset',
    code: 'VOD_CONNECTION_LOST',
    lost: true,
    reads: UNREADABLE,
  },
  {
    about: '504',
    fruitless: 'error-504',
    effective: 'applied-504',
    code: 'APIGW.0201',
    lost: false,
    reads: UNREADABLE,
  },
  {
    about: 'VOD.10051 under 403',
    fruitless: 'internal-403',
    effective: applied(FAULTS['internal-403']),
    code: 'VOD.10051',
    lost: false,
    reads: ONE_READ,
  },
  {
    about: '408',
    fruitless: TIMED_OUT,
    effective: applied(TIMED_OUT),
    code: 'VOD_BAD_RESPONSE',
    lost: false,
    reads: ONE_READ,
  },
];

const ENDED_UP = ['TRANSCODING', 'TRANSCODE_SUCCEED', 'TRANSCODE_FAILED'] as const satisfies readonly TranscodeStatus[];

const CREATING: PutAsset = { transcodeStatus: 'UN_TRANSCODE', assetStatus: 'CREATING' };

const row = (name: string, faults: readonly Met[], expected: Expected, asset?: PutAsset): Row => ({
  name,
  faults,
  settings: IMPATIENT,
  expected,
  ...(asset !== undefined && { asset }),
});

/** The first column of the truth table of `lib/cancel/settle.ts`, cell by cell, for each kind of doubt. */
export const AFTER_NOT_QUEUED: readonly Row[] = DOUBTS.flatMap(({ about, fruitless, effective, reads }) => [
  row(`${about}, VOD.10083, UN_TRANSCODE`, [{ fault: effective }], inferred(2)),
  ...ENDED_UP.map((transcodeStatus) =>
    row(`${about}, VOD.10083, ${transcodeStatus}`, [{ fault: fruitless }], emptied(transcodeStatus, 'VOD.10083', 2), {
      transcodeStatus,
    }),
  ),
  row(
    `${about}, VOD.10083, WAITING_TRANSCODE`,
    [{ fault: fruitless }, { fault: 'not-queued-400' }],
    tooEarly('WAITING_TRANSCODE', 2),
  ),
  row(`${about}, VOD.10083, UN_TRANSCODE and CREATING`, [{ fault: fruitless }], tooEarly('UN_TRANSCODE', 2), CREATING),
  ...reads.map(({ about: read, fault }) =>
    row(`${about}, VOD.10083, status read: ${read}`, [{ fault: effective }, fault], unknown('VOD.10083', 2)),
  ),
]);

/** The second column: every attempt's answer was lost. */
export const AFTER_LOSS: readonly Row[] = DOUBTS.filter(({ lost }) => lost).flatMap(
  ({ about, fruitless, effective, code, reads }) => [
    row(`${about} ×3, UN_TRANSCODE`, [{ fault: effective, times: 3 }], inferred(3)),
    ...ENDED_UP.map((transcodeStatus) =>
      row(`${about} ×3, ${transcodeStatus}`, [{ fault: fruitless, times: 3 }], emptied(transcodeStatus, code, 3), {
        transcodeStatus,
      }),
    ),
    row(
      `${about} ×3, WAITING_TRANSCODE`,
      [{ fault: fruitless, times: 3 }],
      unknown(code, 3, { transcodeStatus: 'WAITING_TRANSCODE' }),
    ),
    row(
      `${about} ×3, UN_TRANSCODE and CREATING`,
      [{ fault: fruitless, times: 3 }],
      unknown(code, 3, { transcodeStatus: 'UN_TRANSCODE' }),
      CREATING,
    ),
    ...reads.map(({ about: read, fault }) =>
      row(`${about} ×3, status read: ${read}`, [{ fault: effective, times: 3 }, fault], unknown(code, 3)),
    ),
  ],
);

const LOST: Met = { fault: 'reset-before-read' };
const LOST_BUT_DONE: Met = { fault: 'applied-reset' };
const FAILED_BUT_DONE: Met = { fault: 'applied-504' };
const REJECTED = says(errorAnswer(400, 'VOD.10053'));

/** A lost answer, and then one that decides nothing: the read settles it. Or one that decides: it stands. */
const MIXES: readonly Row[] = [
  row('done but lost, then 503 twice', [LOST_BUT_DONE, { fault: 'error-503', times: 2 }], inferred(3)),
  row('done but lost, then 429 twice', [LOST_BUT_DONE, { fault: 'throttled', times: 2 }], inferred(3)),
  row('done but lost, then a 200', [LOST_BUT_DONE, { fault: 'ok-200' }], inferred(2)),
  row('done but lost, then an HTML 403', [LOST_BUT_DONE, { fault: 'html-403' }], inferred(2)),
  row(
    'lost, then 503 twice',
    [LOST, { fault: 'error-503', times: 2 }],
    unknown('VOD_CONNECTION_LOST', 3, { transcodeStatus: 'WAITING_TRANSCODE' }),
  ),
  row(
    'lost, no answer, then 429: the last lost one names it',
    [LOST, { fault: 'hang' }, { fault: 'throttled' }],
    unknown('VOD_TIMEOUT', 3, { transcodeStatus: 'WAITING_TRANSCODE' }),
  ),
  row('504 three times, done by the first', [{ fault: 'applied-504', times: 3 }], mayPass('APIGW.0201', 3)),
  row('504 but done, then 429 twice', [FAILED_BUT_DONE, { fault: 'throttled', times: 2 }], throttledOut(3, [60, 60])),
  row('504 but done, then a 200', [FAILED_BUT_DONE, { fault: 'ok-200' }], mayPass('VOD_BAD_RESPONSE', 2)),
  row(
    '504 but done, then 401',
    [FAILED_BUT_DONE, { fault: 'unauthorized-echo' }],
    willNotPass('APIGW.0301', { attempts: 2 }),
  ),
  row(
    'done but lost, then 401',
    [LOST_BUT_DONE, { fault: 'unauthorized-echo' }],
    willNotPass('APIGW.0301', { attempts: 2 }),
  ),
  row(
    'done but lost, then 403 VOD.10074',
    [LOST_BUT_DONE, { fault: 'forbidden-10074' }],
    willNotPass('VOD.10074', { attempts: 2 }),
  ),
  row('done but lost, then VOD.10053', [LOST_BUT_DONE, { fault: REJECTED }], willNotPass('VOD.10053', { attempts: 2 })),
  {
    name: 'done but lost, then no connection any more',
    faults: (vod) => [{ fault: applied(() => vod.close()) }],
    expected: unknown('VOD_CONNECTION_LOST', 3, { cancels: 1, reads: 0 }),
  },
  row('lost, then VOD.10062', [LOST, { fault: 'not-found-404' }], notFound(2)),
];

export const MIXED: readonly Row[] = MIXES.map((one) => ({ remainingMs: PATIENT_MS, ...one }));

/**
 * VOD.10083 after a 504, too late for a status read. The two go by one clock, so that the backoff between them, which
 * is random, does not count.
 */
const lateNotQueued = (remainingMs: number) => (): readonly Met[] => {
  const dueMs = remainingMs - RESERVE_MS - MIN_CALL_MS + 10;
  let firstAt = 0;
  const first: Fault = (exchange) => {
    firstAt = performance.now();
    return FAULTS['applied-504'](exchange);
  };
  const second: Fault = async (exchange) => {
    await exchange.sleep(Math.max(0, firstAt + dueMs - performance.now()));
    exchange.send(errorAnswer(400, 'VOD.10083'));
  };
  return [{ fault: first }, { fault: second }];
};

/** Nothing can be read any more. */
export const NO_TIME: readonly Row[] = [
  {
    name: '504, VOD.10083, no time for a status read',
    faults: lateNotQueued(2_000),
    settings: { VOD_ATTEMPT_TIMEOUT_MS: '5000' },
    remainingMs: 2_000,
    expected: unknown('VOD.10083', 2, { reads: 0 }),
  },
  {
    name: 'no answer, no time for a status read',
    faults: [{ fault: 'applied-no-answer' }],
    settings: { VOD_ATTEMPT_TIMEOUT_MS: '1000' },
    remainingMs: 1_500,
    expected: unknown('VOD_TIMEOUT', 1, { reads: 0 }),
  },
  {
    name: '504, VOD.10083, status read cut by the deadline',
    faults: [{ fault: 'applied-504' }, { fault: 'list-slow' }],
    settings: { VOD_ATTEMPT_TIMEOUT_MS: '30000' },
    remainingMs: 2_000,
    expected: unknown('VOD.10083', 2),
  },
];

/** A plain VOD.10083 stands whatever the status read gives. */
export const STATUS_READS: readonly Row[] = UNREADABLE.map(({ about, fault }) =>
  row(`status read: ${about}`, [fault], notQueued(), { transcodeStatus: 'TRANSCODING' }),
);
