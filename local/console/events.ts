import { PassThrough, type Readable } from 'node:stream';
import type { Message } from './messages.ts';
import type { Redactor } from './redact.ts';

/** How long a page waits before it reconnects, in ms. */
const RETRY_MS = 1_000;

/** A page that does not read is disconnected at this backlog, in bytes. It may reconnect. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** Server-sent events (WHATWG HTML §9.2) to any number of pages. */
export class EventStreams {
  readonly #redact: Redactor;
  readonly #open = new Set<PassThrough>();

  constructor(redact: Redactor) {
    this.#redact = redact;
  }

  get isWatched(): boolean {
    return this.#open.size > 0;
  }

  /** Opens a stream. It starts with `greeting`, and ends when it is destroyed or all are closed. */
  open(greeting: readonly Message[]): Readable {
    const stream = new PassThrough();
    this.#open.add(stream);
    stream.once('close', () => this.#open.delete(stream));
    stream.write(`retry: ${RETRY_MS}\n\n${greeting.map((message) => this.#encode(message)).join('')}`);
    return stream;
  }

  send(message: Message): void {
    if (!this.isWatched) return;
    const text = this.#encode(message);
    for (const stream of this.#open) {
      if (stream.writableLength > MAX_WAITING_BYTES) stream.destroy();
      else stream.write(text);
    }
  }

  close(): void {
    for (const stream of this.#open) stream.end();
  }

  /** JSON text contains no line break, so one `data` line is enough. */
  #encode([name, data]: Message): string {
    return `event: ${name}\ndata: ${this.#redact(JSON.stringify(data))}\n\n`;
  }
}
