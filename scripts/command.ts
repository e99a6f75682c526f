import { realpathSync } from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Where a command writes to. */
export interface Output {
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

type Options = NonNullable<ParseArgsConfig['options']>;

/** The values of a command's options. */
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

/** What the command line of a command may have. */
interface CommandLine<O extends Options> {
  /** Its first line names the command. */
  readonly usage: string;
  /** All options except `--help`. */
  readonly options?: O;
  /** How many arguments it takes besides options. Default: 0. */
  readonly count?: number;
}

/**
 * Makes a command. `--help` prints its usage. An error becomes a line on stderr and the exit status 1. After an error in the
 * command line, the usage follows.
 *
 * @param work - gets the options and the other arguments, and resolves with the exit status
 */
export function command<const O extends Options>(
  name: string,
  { usage, options, count = 0 }: CommandLine<O>,
  work: (io: Io, values: Values<O>, positionals: readonly string[]) => Promise<number>,
): Main {
  return async (argv, io) => {
    try {
      const { values, positionals } = read(argv, { ...options, help: { type: 'boolean', short: 'h' } }, usage);
      if (values['help'] === true) {
        io.stdout.write(usage);
        return 0;
      }
      if (positionals.length !== count) {
        throw new Error(`expected ${count} argument(s), got ${positionals.length}\n\n${usage}`);
      }
      return await work(io, values as Values<O>, positionals);
    } catch (error) {
      io.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    }
  };
}

function read(argv: readonly string[], options: Options, usage: string) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : cause}\n\n${usage}`, { cause });
  }
}

/** Runs the command and ends the process, if `module` is the program and was not imported. */
export async function runIfMain(module: ImportMeta, main: Main): Promise<void> {
  const [, script, ...argv] = process.argv;
  if (script !== undefined && realpathSync(script) === module.filename) process.exit(await main(argv, process));
}
