import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** Ends a command with a message and no stack. */
export class CommandError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
  }
}

/** Where a command writes to. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Where a command reads answers from. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Everything that a command reads and writes. The process is one. A test passes its own. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Calls `listener` at each signal to stop. */
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/**
 * A command.
 *
 * @param argv - the arguments that follow the command's name
 * @returns the exit status
 */
export type Main = (argv: readonly string[], io: Io) => Promise<number>;

/** A command line that was understood. */
export interface Arguments {
  readonly help: boolean;
  readonly positionals: readonly string[];
  /** The names of the flags that were given. */
  readonly flags: ReadonlySet<string>;
}

/**
 * Reads a command line of positional arguments, `--help` and flags.
 *
 * @param flags - names of the flags it may have
 * @throws CommandError if there is another option, or another number of arguments
 */
export function readArguments(argv: readonly string[], count: number, flags: readonly string[] = []): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h' },
        ...Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }])),
      },
      allowPositionals: true,
    });
    const help = values.help === true;
    if (!help && positionals.length !== count) {
      throw new Error(`expected ${count} argument(s), got ${positionals.length}`);
    }
    return { help, positionals, flags: new Set(Object.keys(values)) };
  } catch (cause) {
    throw new CommandError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Makes a command of `work`. An error becomes a line on stderr and the exit status 1. */
export function command(name: string, work: Main): Main {
  return async (argv, io) => {
    try {
      return await work(argv, io);
    } catch (error) {
      io.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    }
  };
}

/** The texts of a command without arguments. */
export interface PlainUsage {
  /** Its first line names the command. */
  readonly usage: string;
  /** A line for slow commands. It goes to stderr, because a program may read stdout. */
  readonly progress?: string;
}

/**
 * Makes a command without arguments. `--help` prints its usage.
 *
 * @param work - resolves with the exit status
 */
export function plainCommand(name: string, { usage, progress }: PlainUsage, work: (io: Io) => Promise<number>): Main {
  return command(name, async (argv, io) => {
    if (readArguments(argv, 0).help) {
      io.stdout.write(usage);
      return 0;
    }
    if (progress !== undefined) io.stderr.write(`${progress}\n`);
    return await work(io);
  });
}

/** Runs the command and ends the process, if `module` is the program and was not imported. */
export async function runIfMain(module: ImportMeta, main: Main): Promise<void> {
  const [, script, ...argv] = process.argv;
  if (script !== undefined && realpathSync(script) === module.filename) process.exit(await main(argv, process));
}
