import { errorAnswer } from '../../../local/vod/answers.ts';
import { send } from '../../helpers/faults.ts';
import { cancelled, mayPass, notFound, notQueued, tooEarly, unknown, willNotPass } from './expected.ts';
import type { Row } from './row.ts';
import { always, once } from './rows-network.ts';

const undocumented = willNotPass('VOD_BAD_RESPONSE');

/** Never retried, because no document says what they mean. The caller may repeat one that may pass. */
export const UNDOCUMENTED: readonly Row[] = [
  { name: 'HTML error page under 403', faults: once('html-403'), expected: undocumented },
  { name: 'HTML error page under 502', faults: always('html-error'), expected: mayPass('VOD_BAD_RESPONSE', 3) },
  { name: 'JSON null', faults: once('json-null'), expected: undocumented },
  { name: 'JSON array', faults: once('json-array'), expected: undocumented },
  { name: 'empty 400', faults: once('empty-400'), expected: undocumented },
  { name: 'empty 404', faults: once('empty-404'), expected: undocumented },
  { name: 'body of 100 MB', faults: once('huge-body'), expected: undocumented },
  { name: '200 instead of 204', faults: once('ok-200'), expected: mayPass('VOD_BAD_RESPONSE', 1) },
  { name: '204 with a body', faults: once('no-content-with-body'), expected: cancelled() },
  { name: '301 to another host', redirect: 301, expected: mayPass('VOD_BAD_RESPONSE', 1) },
  { name: '307 to another host', redirect: 307, expected: mayPass('VOD_BAD_RESPONSE', 1) },
];

const TWENTY_MINUTES_MS = 20 * 60_000;

/** Never retried: five refusals in a row lock a key. */
export const REFUSALS: readonly Row[] = [
  {
    name: '401 APIGW.0301 with the headers echoed',
    faults: once('unauthorized-echo'),
    expected: willNotPass('APIGW.0301'),
  },
  { name: '403 VOD.10074', faults: once('forbidden-10074'), expected: willNotPass('VOD.10074') },
  {
    name: 'clock 20 minutes behind',
    clockAheadMs: TWENTY_MINUTES_MS,
    expected: willNotPass('APIGW.0301', { detail: "this host's clock" }),
  },
  {
    name: 'clock 20 minutes ahead',
    clockAheadMs: -TWENTY_MINUTES_MS,
    expected: willNotPass('APIGW.0301', { detail: "this host's clock" }),
  },
  { name: '403 PAP5.0001', faults: once(send(errorAnswer(403, 'PAP5.0001'))), expected: willNotPass('PAP5.0001') },
  {
    name: 'the same key again after a refusal with APIG. for APIGW.: no call',
    faults: once(send(errorAnswer(403, 'APIG.0301'))),
    invocations: 2,
    expected: mayPass('CREDENTIALS_REFUSED_RECENTLY', 0, { status: 503, retryAfter: [50, 60], cancels: 1 }),
  },
  {
    name: 'the same key again after a refusal: no call',
    faults: once('unauthorized-echo'),
    invocations: 2,
    expected: mayPass('CREDENTIALS_REFUSED_RECENTLY', 0, { status: 503, retryAfter: [50, 60], cancels: 1 }),
  },
  {
    name: 'the same key again after a lack of permission: a call',
    faults: once('forbidden-10074'),
    invocations: 2,
    expected: cancelled(1, { cancels: 2 }),
  },
];

/** Retried as often as the settings allow. */
export const INTERNAL_ERRORS: readonly Row[] = [
  { name: '500', faults: always('error-500'), expected: mayPass('VOD.10051', 3) },
  { name: '502', faults: always('error-502'), expected: mayPass('APIGW.0610', 3) },
  { name: '503', faults: always('error-503'), expected: mayPass('APIGW.0613', 3) },
  { name: '504', faults: always('error-504'), expected: mayPass('APIGW.0201', 3) },
  {
    name: '408',
    faults: always(send({ status: 408, body: 'Request Timeout' })),
    expected: mayPass('VOD_BAD_RESPONSE', 3),
  },
  { name: 'VOD.10051 under 403', faults: always('internal-403'), expected: mayPass('VOD.10051', 3) },
  { name: 'fails twice, then fine', faults: [{ fault: 'error-503', times: 2 }], expected: cancelled(3) },
  {
    name: '504 where one attempt is allowed',
    faults: once('error-504'),
    settings: { VOD_MAX_ATTEMPTS: '1' },
    expected: mayPass('APIGW.0201', 1),
  },
];

/** The code decides, not the status: VOD's pages give the same code under several. */
export const DECISIONS: readonly Row[] = [
  {
    name: 'VOD.10083 under 400',
    faults: once('not-queued-400'),
    asset: { transcodeStatus: 'TRANSCODING' },
    expected: notQueued('TRANSCODING'),
  },
  {
    name: 'VOD.10083 under 403',
    faults: once('not-queued-403'),
    asset: { transcodeStatus: 'TRANSCODE_SUCCEED' },
    expected: notQueued('TRANSCODE_SUCCEED'),
  },
  {
    name: 'VOD.10083 after a byte order mark',
    faults: once('byte-order-mark'),
    asset: { transcodeStatus: 'TRANSCODING' },
    expected: notQueued('TRANSCODING'),
  },
  {
    name: 'VOD.10083 from a server that compresses what it may',
    faults: once('compressed'),
    asset: { transcodeStatus: 'TRANSCODING' },
    expected: notQueued('TRANSCODING'),
  },
  {
    name: 'VOD.10083, and none was ever queued',
    asset: { transcodeStatus: 'UN_TRANSCODE' },
    expected: notQueued('UN_TRANSCODE'),
  },
  {
    name: 'VOD.10083 while it waits: too early',
    faults: once('not-queued-400'),
    expected: tooEarly('WAITING_TRANSCODE'),
  },
  {
    name: 'VOD.10083 during the upload: too early',
    asset: { transcodeStatus: 'UN_TRANSCODE', assetStatus: 'CREATING' },
    expected: tooEarly('UN_TRANSCODE'),
  },
  { name: 'VOD.10062 under 400', faults: once('not-found-400'), expected: notFound() },
  { name: 'VOD.10062 under 403', faults: once('not-found-403'), expected: notFound() },
  { name: 'VOD.10062 under 404', faults: once('not-found-404'), expected: notFound() },
];

/** Limits of our own. */
export const LIMITS: readonly Row[] = [
  {
    name: 'no time left to start a call',
    remainingMs: 500,
    expected: mayPass('DEADLINE', 0, { status: 504 }),
  },
  {
    name: 'the pace leaves no slot before the deadline',
    settings: { VOD_CALLS_PER_MINUTE: '1' },
    invocations: 2,
    expected: mayPass('PACE_LIMIT', 0, { status: 503, retryAfter: [50, 61], cancels: 1 }),
  },
  {
    name: 'the pace leaves no slot for a retry: the last answer stands',
    faults: always('error-500'),
    settings: { VOD_CALLS_PER_MINUTE: '1' },
    expected: mayPass('VOD.10051', 1),
  },
  {
    name: 'the pace leaves no slot for a retry: a lost answer is settled all the same',
    faults: always('reset-before-read'),
    settings: { VOD_CALLS_PER_MINUTE: '1' },
    expected: unknown('VOD_CONNECTION_LOST', 1, { transcodeStatus: 'WAITING_TRANSCODE' }),
  },
];
