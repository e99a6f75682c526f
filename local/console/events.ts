import { Readable } from 'node:stream';
import type { Message } from './messages.ts';
import type { Scrub } from './redact.ts';

/** How long a page waits before it reconnects, in ms. */
const RETRY_MS = 1_000;

/** A page that does not read is disconnected at this backlog, in bytes. It may reconnect. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** Server-sent events (WHATWG HTML §9.2) to any number of pages. */
export class EventStreams {
  readonly #scrub: Scrub;
  readonly #open = new Set<Readable>();
  #closed = false;

  constructor(scrub: Scrub) {
    this.#scrub = scrub;
  }

  get isWatched(): boolean {
    return this.#open.size > 0;
  }

  /** Opens a stream. It starts with `greeting`, and ends when it is destroyed or all are closed. */
  open(greeting: readonly Message[]): Readable {
    const stream = new Readable({
      read: () => undefined,
      destroy: (error, done) => {
        this.#open.delete(stream);
        done(error);
      },
    });
    stream.push(`retry: ${RETRY_MS}\n\n${greeting.map((message) => this.#encode(message)).join('')}`);
    if (this.#closed) stream.push(null);
    else this.#open.add(stream);
    return stream;
  }

  send(message: Message): void {
    if (!this.isWatched) return;
    this.#write(this.#encode(message));
  }

  /** Writes a comment, so that no proxy takes a quiet stream for a dead one. */
  keepAlive(): void {
    this.#write(':\n\n');
  }

  close(): void {
    this.#closed = true;
    for (const stream of this.#open) stream.push(null);
    this.#open.clear();
  }

  #write(text: string): void {
    for (const stream of this.#open) {
      if (stream.readableLength > MAX_WAITING_BYTES) stream.destroy();
      else stream.push(text);
    }
  }

  /** JSON text contains no line break, so one `data` line is enough. */
  #encode([name, data]: Message): string {
    return `event: ${name}\ndata: ${this.#scrub(JSON.stringify(data))}\n\n`;
  }
}
