import { type Answer, errorAnswer, unauthorized } from './answers.ts';
import type { Exchange } from './exchange.ts';

/**
 * Answers one call wrongly. It can call `exchange.proceed()` first to apply the call. If it returns without an answer,
 * the client waits.
 */
export type Fault = (exchange: Exchange) => void | Promise<void>;

/** Sends a given answer and changes nothing. */
export const send =
  (given: Answer): Fault =>
  (exchange) =>
    exchange.send(given);

/** Applies the call. `then` decides what the client sees. */
export const applied =
  (then: Fault): Fault =>
  async (exchange) => {
    await exchange.proceed();
    await then(exchange);
  };

/** Applies the call, and sends the normal answer `ms` later. */
export const slow =
  (ms: number): Fault =>
  async (exchange) => {
    const normal = await exchange.proceed();
    await exchange.sleep(ms);
    exchange.send(normal);
  };

/** Never answers. */
const hang: Fault = () => undefined;

/** Cuts the connection before the request is read. */
const reset: Fault = (exchange) => exchange.reset();

/** Answers like the gateway to a wrong signature: the text contains every received header, also the token. */
const echoHeaders: Fault = (exchange) => {
  const { method, url, headers } = exchange.call;
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
  exchange.send(unauthorized(`verify aksk signature fail,canonicalRequest:${[method, url, ...lines].join('|')}`));
};

/** Answers with an HTML page, as a proxy does. */
export const html = (status: number): Fault =>
  send({ status, body: `<!doctype html><title>${status}</title>\n`, headers: { 'content-type': 'text/html' } });

/**
 * The faults of the console's menu: one for each way in which a cancel can go on. Statuses and codes are the documented
 * ones. The tests have more.
 */
export const FAULTS = {
  'applied-no-answer': applied(hang),
  'applied-reset': applied(reset),
  'applied-504': applied(send(errorAnswer(504, 'APIGW.0201'))),
  slow: slow(1_000),
  'reset-before-read': reset,
  hang: hang,
  'html-error': html(502),
  'ok-200': send({ status: 200, body: {} }),
  throttled: send(errorAnswer(429, 'APIGW.0308')),
  'throttled-retry-after': send(errorAnswer(429, 'APIGW.0308', undefined, { 'retry-after': '1' })),
  'error-500': send(errorAnswer(500, 'VOD.10051')),
  'error-503': send(errorAnswer(503, 'APIGW.0613')),
  'error-504': send(errorAnswer(504, 'APIGW.0201')),
  'unauthorized-echo': echoHeaders,
  'forbidden-10074': send(errorAnswer(403, 'VOD.10074')),
  'not-queued-400': send(errorAnswer(400, 'VOD.10083')),
  'not-found-404': send(errorAnswer(404, 'VOD.10062')),
  'list-forbidden': send(errorAnswer(403, 'VOD.10074')),
  'list-slow': slow(20_000),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
