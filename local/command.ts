import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** Ends a command with a message for a person and no stack. */
export class CommandError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
  }
}

/**
 * Reads a command line that knows `--help` and nothing else but positional arguments.
 *
 * @throws CommandError when there is another option, or not just `count` arguments
 */
export function readArguments(argv: readonly string[], count: number): { help: boolean; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { help: { type: 'boolean', short: 'h', default: false } },
      allowPositionals: true,
    });
    if (!values.help && positionals.length !== count) {
      throw new Error(`expected ${count} argument(s), got ${positionals.length}`);
    }
    return { help: values.help, positionals };
  } catch (cause) {
    throw new CommandError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * Runs a command to its end.
 *
 * @param main - resolves with the exit status
 */
export async function runCommand(name: string, main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** What a command that takes no arguments says of itself. */
export interface PlainUsage {
  /** Its first line names the command. */
  readonly usage: string;
  /** Where it takes more than a moment: what a person waits for. It goes to stderr, for stdout may be read by a program. */
  readonly progress?: string;
}

/**
 * Runs a command that takes no arguments, and answers `--help` with its usage.
 *
 * @param work - resolves with the exit status
 */
export function runPlain(name: string, { usage, progress }: PlainUsage, work: () => Promise<number>): Promise<never> {
  return runCommand(name, async () => {
    if (readArguments(process.argv.slice(2), 0).help) {
      process.stdout.write(usage);
      return 0;
    }
    if (progress !== undefined) process.stderr.write(`${progress}\n`);
    return await work();
  });
}

/** Whether a module is what node was told to run, and not imported by another. */
export function isMain(module: ImportMeta): boolean {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === module.filename;
}
