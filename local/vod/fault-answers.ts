import { gzipSync } from 'node:zlib';
import { type Answer, errorAnswer, unauthorized } from './answers.ts';
import { type Fault, named } from './fault.ts';
import { assetSummary } from './operations.ts';

// Faults with a complete, well-formed answer that is wrong, late or a refusal.

/** Answers and changes nothing. A string body is sent as it is, anything else as JSON. */
export function answer(status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): Fault {
  return named(`answer(${status})`, (exchange) => exchange.send({ status, body, headers }));
}

/** Sends a given answer and changes nothing. */
export const says =
  (given: Answer): Fault =>
  (exchange) =>
    exchange.send(given);

/** Answers with an HTML page, as a proxy does. */
export const html = (status: number): Fault =>
  answer(status, `<!doctype html><title>${status}</title><h1>${status}</h1>\n`, { 'content-type': 'text/html' });

/** Answers in gzip unless the client accepts only `identity`. Without that header a server may (RFC 9110 §12.5.3). */
export const compressed =
  (given: Answer): Fault =>
  (exchange) => {
    if (exchange.call.headers['accept-encoding'] === 'identity') return exchange.send(given);
    const { status, headers, body } = exchange.prepare(given);
    exchange.response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
    exchange.response.end(gzipSync(body));
    return undefined;
  };

/** Applies the call. `then` decides what the client sees. */
export const applied =
  (then: Fault): Fault =>
  async (exchange) => {
    await exchange.proceed();
    await then(exchange);
  };

/** Applies the call, and sends the normal answer `ms` later. */
export function slow(ms: number): Fault {
  return named(`slow(${ms})`, async (exchange) => {
    const normal = await exchange.proceed();
    await exchange.sleep(ms);
    exchange.send(normal);
  });
}

/** Redirects. A client that follows it sends the request's headers to another host. */
export function redirectTo(status: number, location: string): Fault {
  return named(`redirectTo(${status})`, (exchange) => exchange.send({ status, headers: { location } }));
}

/** Answers 429 with a `Retry-After` of any value. */
export function throttled(retryAfter: string): Fault {
  const given = errorAnswer(429, 'APIGW.0308', undefined, { 'retry-after': retryAfter });
  return named(`throttled(${retryAfter})`, says(given));
}

/** Answers 503 with a `Retry-After` of any value. */
export function unavailable(retryAfter: string): Fault {
  const given = errorAnswer(503, 'APIGW.0613', undefined, { 'retry-after': retryAfter });
  return named(`unavailable(${retryAfter})`, says(given));
}

/** Answers like the gateway to a wrong signature: the text contains every received header, also the token. */
export const echoHeaders: Fault = (exchange) => {
  const { method, url, headers } = exchange.call;
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${[value].flat().join(',')}`);
  exchange.send(unauthorized(`verify aksk signature fail,canonicalRequest:${[method, url, ...lines].join('|')}`));
};

/** Lists one asset, whatever the request was. */
export const lists =
  (change: { readonly assetId?: string; readonly transcodeStatus?: string }): Fault =>
  (exchange) => {
    const { assetId = exchange.call.assetId ?? '', transcodeStatus } = change;
    const summary = assetSummary({ assetId, assetStatus: 'CREATED', transcodeStatus: 'UN_TRANSCODE' });
    const asset = { ...summary, ...(transcodeStatus === undefined ? {} : { transcode_status: transcodeStatus }) };
    exchange.send({ status: 200, body: { total: 1, assets: [asset] } });
  };
