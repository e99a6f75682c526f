import type { TranscodeStatus } from '../../../lib/cancel/outcome.ts';
import type { PutAsset } from '../../../local/vod/assets.ts';
import { applied, FAULTS, type Fault, type FaultName, send } from '../../helpers/faults.ts';
import { emptied, inferred, notQueued, tooEarly, unknown } from './expected.ts';
import type { Row } from './row.ts';
import { row } from './rows-network.ts';
import { UNREADABLE } from './unreadable-status.ts';

/** An attempt after which the caller cannot know whether VOD applied the cancel. */
interface Doubt {
  readonly about: string;
  /** The fault when VOD did not apply the cancel, and when it did. */
  readonly notApplied: FaultName | Fault;
  readonly applied: FaultName | Fault;
  /** The result's code if such an attempt is the last one. */
  readonly code: string;
  readonly lost: boolean;
  /** Ways in which the status read can give no status. */
  readonly reads: typeof UNREADABLE;
}

/** One is enough here, because another doubt is tested with all of them. */
const ONE_READ = UNREADABLE.slice(0, 1);

const TIMED_OUT = send({ status: 408, body: 'Request Timeout' });

const DOUBTS: readonly Doubt[] = [
  {
    about: 'no answer',
    notApplied: 'hang',
    applied: 'applied-no-answer',
    code: 'VOD_TIMEOUT',
    lost: true,
    reads: ONE_READ,
  },
  {
    about: 'reset',
    notApplied: 'reset-before-read',
    applied: 'applied-reset',
    code: 'VOD_CONNECTION_LOST',
    lost: true,
    reads: UNREADABLE,
  },
  {
    about: '504',
    notApplied: 'error-504',
    applied: 'applied-504',
    code: 'APIGW.0201',
    lost: false,
    reads: UNREADABLE,
  },
  {
    about: 'VOD.10051 under 403',
    notApplied: 'internal-403',
    applied: applied(FAULTS['internal-403']),
    code: 'VOD.10051',
    lost: false,
    reads: ONE_READ,
  },
  {
    about: '408',
    notApplied: TIMED_OUT,
    applied: applied(TIMED_OUT),
    code: 'VOD_BAD_RESPONSE',
    lost: false,
    reads: ONE_READ,
  },
];

const ENDED_UP = ['TRANSCODING', 'TRANSCODE_SUCCEED', 'TRANSCODE_FAILED'] as const satisfies readonly TranscodeStatus[];

const CREATING: PutAsset = { transcodeStatus: 'UN_TRANSCODE', assetStatus: 'CREATING' };

/** The first column of the table that reads a status in `lib/cancel/settle.ts`, row by row, for each doubt. */
export const AFTER_NOT_QUEUED: readonly Row[] = DOUBTS.flatMap(({ about, notApplied, applied, reads }) => [
  row(`${about}, VOD.10083, UN_TRANSCODE`, [{ fault: applied }], inferred(2)),
  ...ENDED_UP.map((transcodeStatus) =>
    row(`${about}, VOD.10083, ${transcodeStatus}`, [{ fault: notApplied }], emptied(transcodeStatus, 'VOD.10083', 2), {
      transcodeStatus,
    }),
  ),
  row(
    `${about}, VOD.10083, WAITING_TRANSCODE`,
    [{ fault: notApplied }, { fault: 'not-queued-400' }],
    tooEarly('WAITING_TRANSCODE', 2),
  ),
  row(`${about}, VOD.10083, UN_TRANSCODE and CREATING`, [{ fault: notApplied }], tooEarly('UN_TRANSCODE', 2), CREATING),
  ...reads.map(({ about: read, fault }) =>
    row(`${about}, VOD.10083, status read: ${read}`, [{ fault: applied }, fault], unknown('VOD.10083', 2)),
  ),
]);

/** The second column of that table: the answer of every attempt was lost. */
export const AFTER_LOSS: readonly Row[] = DOUBTS.filter(({ lost }) => lost).flatMap(
  ({ about, notApplied, applied, code, reads }) => [
    row(`${about} ×3, UN_TRANSCODE`, [{ fault: applied, times: 3 }], inferred(3)),
    ...ENDED_UP.map((transcodeStatus) =>
      row(`${about} ×3, ${transcodeStatus}`, [{ fault: notApplied, times: 3 }], emptied(transcodeStatus, code, 3), {
        transcodeStatus,
      }),
    ),
    row(
      `${about} ×3, WAITING_TRANSCODE`,
      [{ fault: notApplied, times: 3 }],
      unknown(code, 3, { transcodeStatus: 'WAITING_TRANSCODE' }),
    ),
    row(
      `${about} ×3, UN_TRANSCODE and CREATING`,
      [{ fault: notApplied, times: 3 }],
      unknown(code, 3, { transcodeStatus: 'UN_TRANSCODE' }),
      CREATING,
    ),
    ...reads.map(({ about: read, fault }) =>
      row(`${about} ×3, status read: ${read}`, [{ fault: applied, times: 3 }, fault], unknown(code, 3)),
    ),
  ],
);

/** A VOD.10083 without a doubt does not change, even if the status read gives no status. */
export const STATUS_READS: readonly Row[] = UNREADABLE.map(({ about, fault }) =>
  row(`status read: ${about}`, [fault], notQueued(), { transcodeStatus: 'TRANSCODING' }),
);
