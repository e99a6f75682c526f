import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Answer, errorAnswer } from './answers.ts';
import type { Exchange } from './exchange.ts';
import { type Fault, named } from './fault.ts';

// Faults on the wire: answers that break off, contradict themselves or never arrive.

/** Never answers. */
export const hang: Fault = () => undefined;

/** Cuts the connection before the request is read. */
export const reset: Fault = (exchange) => exchange.reset();

/** Sends the head, then resets the connection. The pause lets the head leave the socket's buffer first. */
export const resetAfterHead =
  (given: Answer): Fault =>
  async (exchange) => {
    exchange.begin(given);
    await exchange.sleep(20);
    exchange.reset();
  };

/** Sends half of the body, and no more. */
export const hangMidBody =
  (given: Answer): Fault =>
  (exchange) => {
    const { body } = exchange.begin(given);
    exchange.response.write(body.subarray(0, body.length / 2));
  };

/** Sends the body byte by byte. Each pause is short, the whole takes long. */
export function drip(given: Answer, everyMs: number): Fault {
  return named(`drip(${everyMs})`, async (exchange) => {
    const { body } = exchange.begin(given);
    for (const byte of body) {
      exchange.response.write(Buffer.of(byte));
      await exchange.sleep(everyMs);
    }
    exchange.response.end();
  });
}

/** Cuts a chunked body before its end. */
export const truncated =
  (given: Answer): Fault =>
  (exchange) => {
    const { body } = exchange.begin(given, 'chunked');
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

/** Sends a well-formed error of `bytes` bytes without a content-length. */
export const hugeBody =
  (bytes: number): Fault =>
  async (exchange) => {
    const given = errorAnswer(400, 'VOD.10083', '');
    const { body } = exchange.begin(given, 'chunked');
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
