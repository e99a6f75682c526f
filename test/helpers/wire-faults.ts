import type { Answer } from '../../local/vod/answers.ts';
import type { Exchange } from '../../local/vod/exchange.ts';
import type { Fault } from '../../local/vod/faults.ts';

// Faults on the wire: answers that break off, contradict themselves or never arrive.

/** Sends only the head of an answer, without a content-length if it is chunked. @returns the body, for the caller to send */
export function begin(exchange: Exchange, given: Answer, isChunked = false): Buffer {
  const { status, headers, body } = exchange.prepare(given);
  exchange.response.writeHead(status, { ...headers, ...(!isChunked && { 'content-length': body.length }) });
  exchange.response.flushHeaders();
  return body;
}

/** Sends the head, then resets the connection. The pause lets the head leave the socket's buffer first. */
export const resetAfterHead =
  (given: Answer): Fault =>
  async (exchange) => {
    begin(exchange, given);
    await exchange.sleep(20);
    exchange.reset();
  };

/** Sends half of the body, and no more. */
export const hangMidBody =
  (given: Answer): Fault =>
  (exchange) => {
    const body = begin(exchange, given);
    exchange.response.write(body.subarray(0, body.length / 2));
  };

/** Sends the body byte by byte. Each pause is short, the whole takes long. */
export const drip =
  (given: Answer, everyMs: number): Fault =>
  async (exchange) => {
    for (const byte of begin(exchange, given)) {
      exchange.response.write(Buffer.of(byte));
      await exchange.sleep(everyMs);
    }
    exchange.response.end();
  };

/** Cuts a chunked body before its end. */
export const truncated =
  (given: Answer): Fault =>
  (exchange) => {
    const body = begin(exchange, given, true);
    exchange.response.write(body.subarray(0, body.length / 2), () => exchange.request.socket.destroySoon());
  };

/** Sends a content-length that is wrong by `bytes`, and closes the connection after the body. */
export const misstatedLength =
  (given: Answer, bytes: number): Fault =>
  (exchange) => {
    const { body, headers, status } = exchange.prepare(given);
    writeRaw(exchange, status, { ...headers, 'content-length': String(body.length + bytes) }, body);
  };

/** Applies the call, and sends a body after a 204, which cannot have one. */
export const noContentWithBody: Fault = async (exchange) => {
  const normal = await exchange.proceed();
  if (normal.status !== 204) return exchange.send(normal);
  const { headers, status } = exchange.prepare(normal);
  const body = Buffer.from('{"status":"ok"}');
  writeRaw(exchange, status, { ...headers, 'content-length': String(body.length) }, body);
};

/** Writes to the socket itself, because Node would correct a wrong answer. */
function writeRaw(exchange: Exchange, status: number, headers: Readonly<Record<string, string>>, body: Buffer): void {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  exchange.request.socket.end(
    Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Stand-in\r\n${head.join('')}\r\n`), body]),
  );
}
