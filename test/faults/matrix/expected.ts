import type { TranscodeStatus } from '../../../lib/cancel/outcome.ts';
import type { Expected } from './row.ts';

type More = Partial<Expected>;

// What a row can come to, in the words of the tables, so that a row fits on a line.

export const cancelled = (attempts = 1, more: More = {}): Expected => ({
  outcome: 'cancelled',
  retryable: false,
  status: 200,
  attempts,
  ...more,
});

/** Cancelled, as a status read told after an answer that was lost or doubtful. */
export const inferred = (attempts: number, more: More = {}): Expected =>
  cancelled(attempts, {
    reads: 1,
    transcodeStatus: 'UN_TRANSCODE',
    detail: 'inferred from the status read',
    inferred: true,
    ...more,
  });

/** @param transcodeStatus - what the status read told; undefined where it told nothing */
export const notQueued = (transcodeStatus?: TranscodeStatus, more: More = {}): Expected => ({
  outcome: 'not_queued',
  retryable: false,
  code: 'VOD.10083',
  status: 409,
  attempts: 1,
  reads: 1,
  transcodeStatus,
  ...more,
});

/** Not queued after a doubtful attempt, which may have emptied the queue. */
export const emptied = (transcodeStatus: TranscodeStatus, code: string, attempts: number): Expected =>
  notQueued(transcodeStatus, {
    code,
    attempts,
    detail: 'may have emptied the queue',
    inferred: true,
  });

export const notFound = (attempts = 1): Expected => ({
  outcome: 'not_found',
  retryable: false,
  code: 'VOD.10062',
  status: 404,
  attempts,
});

export const tooEarly = (transcodeStatus: TranscodeStatus, attempts = 1): Expected => ({
  outcome: 'failed',
  retryable: true,
  code: 'VOD.10083',
  status: 503,
  retryAfter: [60, 60],
  attempts,
  reads: 1,
  transcodeStatus,
});

export const unknown = (code: string, attempts: number, more: More = {}): Expected => ({
  outcome: 'unknown',
  retryable: true,
  code,
  status: 504,
  attempts,
  reads: 1,
  ...more,
});

/** Failed in a way that may pass. */
export const mayPass = (code: string, attempts: number, more: More = {}): Expected => ({
  outcome: 'failed',
  retryable: true,
  code,
  status: 502,
  attempts,
  ...more,
});

/** Failed in a way that will not pass by itself, so never tried again. */
export const willNotPass = (code: string, more: More = {}): Expected => ({
  outcome: 'failed',
  retryable: false,
  code,
  status: 502,
  attempts: 1,
  ...more,
});

/** @param seconds - the `retry-after` of the response, from and to */
export const throttledOut = (attempts: number, seconds: readonly [number, number], more: More = {}): Expected =>
  mayPass('APIGW.0308', attempts, { status: 503, retryAfter: seconds, ...more });
