import { errorAnswer } from './answers.ts';
import type { Fault } from './fault.ts';
import {
  answer,
  applied,
  compressed,
  echoHeaders,
  html,
  lists,
  redirectTo,
  says,
  slow,
  throttled,
  unavailable,
} from './fault-answers.ts';
import {
  drip,
  hang,
  hangMidBody,
  hugeBody,
  misstatedLength,
  noContentWithBody,
  reset,
  resetAfterHead,
  truncated,
} from './fault-wire.ts';

export type { Exchange } from './exchange.ts';
export type { Fault } from './fault.ts';
export { answer, applied, drip, hugeBody, redirectTo, says, slow, throttled, unavailable };

/**
 * The answer that damaging faults use: nothing was cancelled, and the whole answer says that nothing waits. A client
 * that believes a part of it gives a wrong result.
 */
const notQueued = errorAnswer(400, 'VOD.10083');

/** A host that does not exist, for redirects. */
const ELSEWHERE = 'https://vod.elsewhere.invalid/';

/** An id that no other asset has. */
const OTHER_ASSET = 'fedcba9876543210fedcba9876543210';

/**
 * Everything that can go wrong, one line each. Statuses and codes are the documented ones. If the documents give one
 * code several statuses, each has a line.
 */
export const FAULTS = {
  'reset-before-read': reset,
  'reset-after-headers': resetAfterHead(notQueued),
  hang: hang,
  'hang-mid-body': hangMidBody(notQueued),
  drip: drip(notQueued, 1_000),
  'truncated-body': truncated(notQueued),
  'long-content-length': misstatedLength(notQueued, 40),
  'short-content-length': misstatedLength(notQueued, -40),
  'html-error': html(502),
  'html-403': html(403),
  'json-null': answer(400, 'null'),
  'json-array': answer(400, '[]'),
  'empty-400': answer(400),
  'empty-404': answer(404),
  'huge-body': hugeBody(100 * 1024 * 1024),
  'ok-200': answer(200, {}),
  'no-content-with-body': noContentWithBody,
  'redirect-301': redirectTo(301, ELSEWHERE),
  'redirect-307': redirectTo(307, ELSEWHERE),
  'unauthorized-echo': echoHeaders,
  'forbidden-10074': says(errorAnswer(403, 'VOD.10074')),
  throttled: says(errorAnswer(429, 'APIGW.0308')),
  'throttled-retry-after': throttled('1'),
  'error-500': says(errorAnswer(500, 'VOD.10051')),
  'error-502': says(errorAnswer(502, 'APIGW.0610')),
  'error-503': says(errorAnswer(503, 'APIGW.0613')),
  'error-503-retry-after': unavailable('1'),
  'error-504': says(errorAnswer(504, 'APIGW.0201')),
  'internal-403': says(errorAnswer(403, 'VOD.10051')),
  'not-queued-400': says(notQueued),
  'not-queued-403': says(errorAnswer(403, 'VOD.10083')),
  'byte-order-mark': says({ ...notQueued, body: `\uFEFF${JSON.stringify(notQueued.body)}` }),
  compressed: compressed(notQueued),
  'not-found-400': says(errorAnswer(400, 'VOD.10062')),
  'not-found-403': says(errorAnswer(403, 'VOD.10062')),
  'not-found-404': says(errorAnswer(404, 'VOD.10062')),
  slow: slow(1_000),
  'applied-no-answer': applied(hang),
  'applied-reset': applied(reset),
  'applied-504': applied(says(errorAnswer(504, 'APIGW.0201'))),
  'list-forbidden': says(errorAnswer(403, 'VOD.10074')),
  'list-empty': says({ status: 200, body: { total: 0, assets: [] } }),
  'list-other-asset': lists({ assetId: OTHER_ASSET }),
  'list-unknown-status': lists({ transcodeStatus: 'ARCHIVED' }),
  'list-slow': slow(20_000),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
