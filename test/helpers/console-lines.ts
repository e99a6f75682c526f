import { vi } from 'vitest';

/** Every method that writes; a line of ours must come through `log` alone. */
const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

export interface ConsoleLines {
  /** All that was written, as it was written. */
  readonly text: () => string;
  /** The lines as the objects they must be. */
  readonly records: () => readonly Record<string, unknown>[];
}

/** Catches what a function in this process writes on `console`, until the test's mocks are restored. */
export function captureConsole(): ConsoleLines {
  const lines: string[] = [];
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      lines.push(args.map(String).join(' '));
    });
  }
  return {
    text: () => lines.join('\n'),
    records: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
