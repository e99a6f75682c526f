import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
const STREAMS = ['stdout', 'stderr'] as const;

/** The lines of the current {@link captureOutput}. */
const sinks = new AsyncLocalStorage<string[]>();

let installed = false;

/** Replaces everything that prints. A line goes to the sink of the call that printed it, or where it always went. */
function install(): void {
  if (installed) return;
  installed = true;
  for (const method of METHODS) {
    const original = console[method];
    console[method] = (...args: unknown[]) => {
      const sink = sinks.getStore();
      if (sink === undefined) Reflect.apply(original, console, args);
      else sink.push(format(...args));
    };
  }
  for (const name of STREAMS) {
    const stream = process[name];
    const original = stream.write.bind(stream);
    stream.write = (...args: unknown[]): boolean => {
      const sink = sinks.getStore();
      if (sink === undefined) return Boolean(Reflect.apply(original, undefined, args));
      sink.push(String(args[0]).trimEnd());
      return true;
    };
  }
}

/**
 * Captures what a function prints, by `console` or by a stream. Functions that run at the same time are told apart by
 * their asynchronous context.
 *
 * @returns the lines so far; the array grows while the call prints
 */
export function captureOutput<T>(run: () => Promise<T>): {
  readonly lines: readonly string[];
  readonly done: Promise<T>;
} {
  install();
  const lines: string[] = [];
  return { lines, done: sinks.run(lines, run) };
}
