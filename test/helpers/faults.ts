import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { type Answer, errorAnswer } from '../../local/vod/answers.ts';
import { FAULTS as CONSOLE_FAULTS, type Fault, html, send } from '../../local/vod/faults.ts';
import { assetSummary } from '../../local/vod/operations.ts';
import {
  begin,
  drip,
  hangMidBody,
  misstatedLength,
  noContentWithBody,
  resetAfterHead,
  truncated,
} from './wire-faults.ts';

export { applied, type Fault, send, slow } from '../../local/vod/faults.ts';

/** The record of the stand-in shows a fault with its name. */
export const named = (name: string, fault: Fault): Fault => Object.defineProperty(fault, 'name', { value: name });

/** Answers and changes nothing. A string body is sent as it is, anything else as JSON. */
export const answer = (status: number, body?: Answer['body'], headers: Readonly<Record<string, string>> = {}): Fault =>
  send({ status, body, headers });

/** Answers in gzip unless the client accepts only `identity`. Without that header a server may (RFC 9110 §12.5.3). */
const compressed =
  (given: Answer): Fault =>
  (exchange) => {
    if (exchange.call.headers['accept-encoding'] === 'identity') return exchange.send(given);
    const { status, headers, body } = exchange.prepare(given);
    exchange.response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
    exchange.response.end(gzipSync(body));
    return undefined;
  };

/** Redirects. A client that follows it sends the request's headers to another host. */
export const redirectTo = (status: number, location: string): Fault => send({ status, headers: { location } });

/** Answers 429 with a `Retry-After` of any value. */
export const throttled = (retryAfter: string): Fault =>
  send(errorAnswer(429, 'APIGW.0308', undefined, { 'retry-after': retryAfter }));

/** Answers 503 with a `Retry-After` of any value. */
export const unavailable = (retryAfter: string): Fault =>
  send(errorAnswer(503, 'APIGW.0613', undefined, { 'retry-after': retryAfter }));

/** Lists one asset, whatever the request was. */
const lists =
  (change: { readonly assetId?: string; readonly transcodeStatus?: string }): Fault =>
  (exchange) => {
    const { assetId = exchange.call.assetId ?? '', transcodeStatus } = change;
    const summary = assetSummary({ assetId, assetStatus: 'CREATED', transcodeStatus: 'UN_TRANSCODE' });
    const asset = { ...summary, ...(transcodeStatus === undefined ? {} : { transcode_status: transcodeStatus }) };
    exchange.send({ status: 200, body: { total: 1, assets: [asset] } });
  };

/** Sends a well-formed error of `bytes` bytes without a content-length. */
export const hugeBody =
  (bytes: number): Fault =>
  async (exchange) => {
    const body = begin(exchange, errorAnswer(400, 'VOD.10083', ''), true);
    const end = Buffer.from('"}');
    const chunk = Buffer.alloc(64 * 1024, 'a');
    function* pieces(): Generator<Buffer> {
      yield body.subarray(0, body.length - end.length);
      for (let left = bytes - body.length; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
      yield end;
    }
    // It fails when the client hangs up. That ends the stream, as intended.
    await pipeline(Readable.from(pieces()), exchange.response);
  };

/**
 * The answer that damaging faults use: nothing was cancelled, and the whole answer says that nothing waits. A client
 * that believes a part of it gives a wrong result.
 */
const notQueued = errorAnswer(400, 'VOD.10083');

/** A host that does not exist, for redirects. */
const ELSEWHERE = 'https://vod.elsewhere.invalid/';

/** An id that no other asset has. */
const OTHER_ASSET = 'fedcba9876543210fedcba9876543210';

const MORE = {
  'reset-after-headers': resetAfterHead(notQueued),
  'hang-mid-body': hangMidBody(notQueued),
  drip: drip(notQueued, 1_000),
  'truncated-body': truncated(notQueued),
  'long-content-length': misstatedLength(notQueued, 40),
  'short-content-length': misstatedLength(notQueued, -40),
  'html-403': html(403),
  'json-null': answer(400, 'null'),
  'json-array': answer(400, '[]'),
  'empty-400': answer(400),
  'empty-404': answer(404),
  'huge-body': hugeBody(100 * 1024 * 1024),
  'no-content-with-body': noContentWithBody,
  'redirect-301': redirectTo(301, ELSEWHERE),
  'redirect-307': redirectTo(307, ELSEWHERE),
  'error-502': send(errorAnswer(502, 'APIGW.0610')),
  'error-503-retry-after': unavailable('1'),
  'internal-403': send(errorAnswer(403, 'VOD.10051')),
  'not-queued-403': send(errorAnswer(403, 'VOD.10083')),
  'byte-order-mark': send({ ...notQueued, body: `\uFEFF${JSON.stringify(notQueued.body)}` }),
  compressed: compressed(notQueued),
  'not-found-400': send(errorAnswer(400, 'VOD.10062')),
  'not-found-403': send(errorAnswer(403, 'VOD.10062')),
  'list-empty': send({ status: 200, body: { total: 0, assets: [] } }),
  'list-other-asset': lists({ assetId: OTHER_ASSET }),
  'list-unknown-status': lists({ transcodeStatus: 'ARCHIVED' }),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof CONSOLE_FAULTS | keyof typeof MORE;

/**
 * Everything that can go wrong, one line each: the faults of the console, and those that only tests need. If the
 * documents give one code several statuses, each has a line.
 */
export const FAULTS = Object.fromEntries(
  Object.entries({ ...CONSOLE_FAULTS, ...MORE }).map(([name, fault]) => [name, named(name, fault)]),
) as Readonly<Record<FaultName, Fault>>;
