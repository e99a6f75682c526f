import { gzipSync } from 'node:zlib';
import { type Answer, errorAnswer, unauthorized } from './answers.ts';
import { type Fault, named } from './fault.ts';
import { assetSummary } from './operations.ts';

// Faults whose answer is whole and well-formed: only wrong, late or unwelcome.

/** Answers without doing anything. A string body goes out as it is, anything else as JSON. */
export function answer(status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): Fault {
  return named(`answer(${status})`, (exchange) => exchange.send({ status, body, headers }));
}

/** Answers a made answer without doing anything. */
export const says =
  (given: Answer): Fault =>
  (exchange) =>
    exchange.send(given);

/** Answers with an HTML page, as proxies do. */
export const html = (status: number): Fault =>
  answer(status, `<!doctype html><title>${status}</title><h1>${status}</h1>\n`, { 'content-type': 'text/html' });

/** Answers in gzip, unless the client accepts only `identity`: without that header a server may (RFC 9110 §12.5.3). */
export const compressed =
  (given: Answer): Fault =>
  (exchange) => {
    if (exchange.call.headers['accept-encoding'] === 'identity') return exchange.send(given);
    const { status, headers, body } = exchange.prepare(given);
    exchange.response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
    exchange.response.end(gzipSync(body));
    return undefined;
  };

/** The call takes its effect; what the client sees of it is up to `then`. */
export const applied =
  (then: Fault): Fault =>
  async (exchange) => {
    await exchange.proceed();
    await then(exchange);
  };

/** The call takes its effect, and its normal answer comes `ms` later. */
export function slow(ms: number): Fault {
  return named(`slow(${ms})`, async (exchange) => {
    const normal = await exchange.proceed();
    await exchange.sleep(ms);
    exchange.send(normal);
  });
}

/** A redirect; whoever follows it takes the request's headers to another host. */
export function redirectTo(status: number, location: string): Fault {
  return named(`redirectTo(${status})`, (exchange) => exchange.send({ status, headers: { location } }));
}

/** 429 with a `Retry-After` of any value. */
export function throttled(retryAfter: string): Fault {
  const given = errorAnswer(429, 'APIGW.0308', undefined, { 'retry-after': retryAfter });
  return named(`throttled(${retryAfter})`, says(given));
}

/** 503 with a `Retry-After` of any value. */
export function unavailable(retryAfter: string): Fault {
  const given = errorAnswer(503, 'APIGW.0613', undefined, { 'retry-after': retryAfter });
  return named(`unavailable(${retryAfter})`, says(given));
}

/** What the gateway answers to a wrong signature, with every header it received in it, the token's included. */
export const echoHeaders: Fault = (exchange) => {
  const { method, url, headers } = exchange.call;
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${[value].flat().join(',')}`);
  exchange.send(unauthorized(`verify aksk signature fail,canonicalRequest:${[method, url, ...lines].join('|')}`));
};

/** A list of one asset, whatever was asked for. */
export const lists =
  (change: { readonly assetId?: string; readonly transcodeStatus?: string }): Fault =>
  (exchange) => {
    const { assetId = exchange.call.assetId ?? '', transcodeStatus } = change;
    const summary = assetSummary({ assetId, assetStatus: 'CREATED', transcodeStatus: 'UN_TRANSCODE' });
    const asset = { ...summary, ...(transcodeStatus === undefined ? {} : { transcode_status: transcodeStatus }) };
    exchange.send({ status: 200, body: { total: 1, assets: [asset] } });
  };
