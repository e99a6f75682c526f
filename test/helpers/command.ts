import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Input, Io, Main } from '../../scripts/command.ts';

/** A command under way in this process, with streams, an environment and signals of its own. */
export interface Called {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with what matches in stdout as soon as it is there; rejects when the command ends without it. */
  readonly printed: (pattern: RegExp) => Promise<string>;
  /** Sends a signal to the command. */
  readonly signal: (name: 'SIGINT' | 'SIGTERM') => void;
  /** Resolves with the exit status. */
  readonly exited: Promise<number>;
}

/** A terminal on which this text is typed. */
export const typed = (text: string): Input => Object.assign(new PassThrough().end(text), { isTTY: true });

/**
 * Calls the `main` of a command.
 *
 * @param stdin - default: empty, and no terminal
 */
export function call(
  main: Main,
  argv: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  stdin: Input = new PassThrough().end(),
): Called {
  const events = new EventEmitter();
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
      events.emit('written');
    },
  });
  const io: Io = {
    env: { ...env },
    stdin,
    stdout: output('stdout'),
    stderr: output('stderr'),
    on: (signal, listener) => events.on(signal, listener),
  };
  const exited = main(argv, io);
  const printed = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const [found] = pattern.exec(written.stdout) ?? [];
        if (found !== undefined) resolve(found);
      };
      look();
      events.on('written', look);
      void exited.then(() => reject(new Error(`the command ended without ${pattern}: ${JSON.stringify(written)}`)));
    });
  return {
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    printed,
    signal: (name) => events.emit(name),
    exited,
  };
}

/** Calls the `main` of a command that ends by itself. */
export async function ended(...parameters: Parameters<typeof call>) {
  const called = call(...parameters);
  const status = await called.exited;
  return { status, stdout: called.stdout(), stderr: called.stderr() };
}
