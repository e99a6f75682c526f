import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');

/** Names of settings that the machine of whoever runs the tests may have set, and that would change what is tested. */
const SETTING = /^(?:PORT|LOG_LEVEL|VOD_.*|HUAWEICLOUD_SDK_.*)$/;

/** A command of the project in a process of its own. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with what matches in stdout as soon as it is there; rejects when the process ends without it. */
  readonly printed: (pattern: RegExp) => Promise<string>;
  /** Resolves with the exit status, `null` after a signal that killed it. */
  readonly exited: Promise<number | null>;
}

/** Runs `local/<script>` as its npm script does, in an environment that holds nothing but what is given. */
export function run(script: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Running {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTING.test(name)));
  const argv = ['--import', 'tsx', join('local', script), ...args];
  const child = spawn(process.execPath, argv, { cwd: PROJECT, env: { ...inherited, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exited = once(child, 'close').then(([status]) => status as number | null);
  const printed = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const [found] = pattern.exec(stdout) ?? [];
        if (found !== undefined) resolve(found);
      };
      look();
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`${script} ended without ${pattern}: ${stdout}${stderr}`)));
    });
  return { child, stdout: () => stdout, stderr: () => stderr, printed, exited };
}
