import type { PutAsset } from '../../../local/vod/assets.ts';
import { cancelled, inferred, mayPass, unknown, willNotPass } from './expected.ts';
import { type Expected, type InjectedFault, type Row, SYSTEM } from './row.ts';

/** The fault for all three attempts of a cancel. */
export const always = (fault: InjectedFault['fault']): readonly InjectedFault[] => [{ fault, times: 3 }];

export const once = (fault: InjectedFault['fault']): readonly InjectedFault[] => [{ fault }];

/** A short timeout, for answers that never arrive. */
export const IMPATIENT = { VOD_ATTEMPT_TIMEOUT_MS: '500' } as const;

/** A row with that timeout. */
export const row = (name: string, faults: readonly InjectedFault[], expected: Expected, asset?: PutAsset): Row => ({
  name,
  faults,
  settings: IMPATIENT,
  expected,
  ...(asset !== undefined && { asset }),
});

const unreachable = mayPass('VOD_UNREACHABLE', 3, { cancels: 0 });

/** Not retried: the next attempt would meet the same certificate. */
const untrusted = (cause: string) => willNotPass('VOD_UNREACHABLE', { cancels: 0, cause });

/** Nothing was sent, so there is no doubt. */
export const NO_CONNECTION: readonly Row[] = [
  { name: 'refused connection', target: 'refused', expected: { ...unreachable, cause: 'ECONNREFUSED' } },
  { name: 'DNS failure', ...SYSTEM, target: 'no-such-name', settings: IMPATIENT, expected: unreachable },
  {
    name: 'TLS: self-signed certificate',
    ...SYSTEM,
    target: 'tls-self-signed',
    expected: untrusted('DEPTH_ZERO_SELF_SIGNED_CERT'),
  },
  {
    name: 'TLS: certificate for another name',
    ...SYSTEM,
    target: 'tls-wrong-name',
    expected: untrusted('ERR_TLS_CERT_ALTNAME_INVALID'),
  },
  {
    name: 'TLS: certificate expired',
    ...SYSTEM,
    target: 'tls-expired',
    expected: untrusted('CERT_HAS_EXPIRED'),
  },
  { name: 'TLS: a valid certificate works', ...SYSTEM, target: 'tls-valid', expected: cancelled() },
];

const neverSettled = (code: string, cause?: string) =>
  unknown(code, 3, { transcodeStatus: 'WAITING_TRANSCODE', ...(cause !== undefined && { cause }) });

/** The request was sent and the answer did not arrive whole. The asset still waits, so the status read settles nothing. */
export const BROKEN_ANSWERS: readonly Row[] = [
  {
    name: 'reset before the request is read',
    faults: always('reset-before-read'),
    expected: neverSettled('VOD_CONNECTION_LOST', 'ECONNRESET'),
  },
  {
    name: 'reset after the headers',
    faults: always('reset-after-headers'),
    expected: neverSettled('VOD_CONNECTION_LOST'),
  },
  {
    name: 'hang before the answer',
    faults: always('hang'),
    settings: IMPATIENT,
    expected: neverSettled('VOD_TIMEOUT'),
  },
  {
    name: 'hang in mid-body',
    faults: always('hang-mid-body'),
    settings: IMPATIENT,
    expected: neverSettled('VOD_TIMEOUT'),
  },
  { name: 'one byte a second', faults: always('drip'), settings: IMPATIENT, expected: neverSettled('VOD_TIMEOUT') },
  { name: 'truncated body', faults: always('truncated-body'), expected: neverSettled('VOD_CONNECTION_LOST') },
  {
    name: 'content-length too long',
    faults: always('long-content-length'),
    expected: neverSettled('VOD_CONNECTION_LOST'),
  },
  {
    name: 'content-length too short: an answer at odds with itself is no answer',
    faults: always('short-content-length'),
    expected: neverSettled('VOD_CONNECTION_LOST'),
  },
  { name: 'reset once, then fine', faults: once('reset-before-read'), expected: cancelled(2) },
  {
    name: 'slow then fine: the slow one was it',
    faults: once('slow'),
    settings: IMPATIENT,
    expected: inferred(2),
  },
  {
    name: 'slow, but within the time of an attempt',
    faults: once('slow'),
    settings: { VOD_ATTEMPT_TIMEOUT_MS: '3000' },
    expected: cancelled(),
  },
  {
    name: 'hang until the deadline cuts it short',
    faults: [{ fault: 'hang', times: 10, on: 'any' }],
    settings: { VOD_ATTEMPT_TIMEOUT_MS: '60000', VOD_MAX_ATTEMPTS: '10' },
    remainingMs: 1_500,
    expected: unknown('VOD_TIMEOUT', 1, { reads: 0 }),
  },
];
