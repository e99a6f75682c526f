import { utcTime } from '../time.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Log {
  /** Writes one line. The fields never hold an AK, an SK, a token, a signature, a header or a caller's input. */
  (level: Exclude<LogLevel, 'silent'>, fields: Fields): void;
  /** Whether `debug` lines are written. If not, their facts are not collected. */
  readonly isDebug: boolean;
}

/** Undefined fields are left out of the line. */
type Fields = Readonly<Record<string, unknown>> & { readonly message: string };

/**
 * Writes one JSON object per line, each line in one write. `level` and `timestamp` are the names and forms that
 * Lambda's log level filter reads. If the write fails, the line is lost, but the invocation continues.
 *
 * @param threshold - lines below this level are not written
 */
export function createLog(threshold: LogLevel): Log {
  const log = (level: LogLevel, fields: Fields): void => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(threshold)) return;
    try {
      const head = `{"level":"${level.toUpperCase()}","timestamp":"${utcTime(new Date())}",`;
      // Built as text: copying the fields into another object first costs more, and each cancel writes a line.
      write(`${head}${JSON.stringify(fields).slice(1)}\n`);
    } catch {
      // The log itself failed, so the error cannot be reported.
    }
  };
  return Object.assign(log, { isDebug: threshold === 'debug' });
}

/**
 * Writes to `process.stdout`, not to `console`: Lambda's runtime adds a prefix to what goes through `console`, or wraps
 * it. Not to file descriptor 1: FunctionGraph's runtime collects lines by replacing `process.stdout.write`. Its
 * replacement returns nothing and calls nothing back, so neither is relied on here.
 */
function write(line: string): void {
  process.stdout.write(line);
  // If the reader closed the pipe, stdout emits 'error' (EPIPE). Without a listener it would end the process.
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', () => undefined);
}

/**
 * Waits until the lines have left the process. A pipe takes 64 KiB at once and Node keeps the rest, but Lambda freezes
 * the process as soon as it has the answer. A host that has replaced `write` has the lines already, so this does not
 * wait. There, the empty write below would be an empty line.
 *
 * @param maxWaitMs - the limit of the wait, in milliseconds, for a reader that does not read
 */
export async function logWritten(maxWaitMs: number): Promise<void> {
  const { stdout } = process;
  if (stdout.writableLength === 0 || Object.hasOwn(stdout, 'write')) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, maxWaitMs);
    stdout.write('', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
