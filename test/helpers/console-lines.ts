import { vi } from 'vitest';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
const STREAMS = ['stdout', 'stderr'] as const;

export interface ConsoleLines {
  /** All that was written, as it was written. */
  readonly text: () => string;
  /** The lines as the objects they must be. */
  readonly records: () => readonly Record<string, unknown>[];
}

/** Captures everything that this process prints, by `console` or past it, until the test's mocks are restored. */
export function captureConsole(): ConsoleLines {
  const written: string[] = [];
  for (const method of METHODS) {
    // A host may put something before such a line, so it is none of ours.
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      written.push(`console.${method}: ${args.map(String).join(' ')}\n`);
    });
  }
  for (const name of STREAMS) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  }
  return {
    text: () => written.join(''),
    // One write is one line: a host takes each write as an entry of its log.
    records: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
