import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

export const LANGUAGES = ['sh', 'ts', 'python', 'java'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Stands for every command of a cloud and for `curl`: prints what it is given, as one JSON value. */
const COMMAND = `#!${process.execPath}
const read = process.argv.length > 2 && process.stdin.isTTY !== true ? require('node:fs').readFileSync(0, 'utf8') : '';
console.log(JSON.stringify([process.argv.slice(2), read]));
`;

const COMMANDS = ['curl', 'aws', 'obsutil', 'kafka-console-producer.sh'];

/** Stands for every package and for \`fetch\`: any class, any method, any chain of calls. Prints the arguments of each. */
const NODE_RECORDER = `
const calls = [];
const recorder = () => new Proxy(class {}, {
  construct(_, args) { calls.push(args); return recorder(); },
  apply(_, self, args) { calls.push(args); return recorder(); },
  get: (target, name) => (name === 'then' || name === 'FailedEntryCount' ? undefined : method()),
});
const method = () => (...args) => { calls.push(args); return recorder(); };
const packages = new Proxy({}, { get: () => recorder() });
globalThis.fetch = async (...args) => { calls.push(args); return new Response('{}'); };
process.on('exit', () => console.log(JSON.stringify(calls)));
`;

/** The same for Python: modules that do not belong to Python are recorders. */
const PYTHON_RECORDER = `
import atexit, json, re, sys
calls = []
class Recorder:
    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return Recorder()
    def __call__(self, *args, **named):
        calls.append([args, named])
        return self
    def __getitem__(self, name):
        return 0
def plain(value):
    return value.decode() if isinstance(value, bytes) else None
atexit.register(lambda: print(json.dumps(calls, default=plain)))
for path in re.findall(r'^(?:from|import) ([\\w.]+)', open(sys.argv[1]).read(), re.M):
    parts = path.split('.')
    if parts[0] not in sys.stdlib_module_names:
        for end in range(1, len(parts) + 1):
            sys.modules['.'.join(parts[:end])] = Recorder()
exec(compile(open(sys.argv[1]).read(), sys.argv[1], 'exec'))
`;

/** Java has no such recorder: it runs the paragraph that makes the message, and prints that. */
const javaProgram = (snippet: string): string => `
import java.time.*;
import java.util.*;
class Snippet {
  public static void main(String[] args) {
    ${snippet.split('\n\n')[0]}
    System.out.println(json(message));
  }
  static String json(String text) { return text; }
  static String json(Map<String, String> map) {
    var members = new StringJoiner(",", "{", "}");
    map.forEach((name, value) -> members.add("\\"" + name + "\\":\\"" + value + "\\""));
    return members.toString();
  }
}
`;

/** Imports of packages. Node's own modules are real. */
const IMPORT = /^import (\{[^}]*\}) from '(?!node:)[^']+';$/gm;

/** How each language runs a snippet from a file in the folder. */
const RUNNERS = {
  sh: { program: 'bash', prepare: (snippet: string) => snippet, file: 'snippet.sh', args: ['-eu'] },
  ts: {
    program: process.execPath,
    prepare: async (snippet: string) => {
      const { code } = await transform(snippet.replace(IMPORT, 'const $1 = packages;'), { loader: 'ts' });
      return NODE_RECORDER + code;
    },
    file: 'snippet.mjs',
    args: [],
  },
  python: { program: 'python3', prepare: (snippet: string) => snippet, file: 'snippet.py', args: ['recorder.py'] },
  java: { program: 'java', prepare: javaProgram, file: 'Snippet.java', args: [] },
} as const;

/** Whether this machine can run the language. Node and a shell are everywhere where the tests run. */
export const canRun = (language: Language): boolean =>
  language === 'ts' || spawnSync(RUNNERS[language].program, ['--version']).status === 0;

/**
 * Runs a snippet in a process of its own, in which nothing reaches a network.
 *
 * @returns the JSON that it printed: everything that the snippet handed to a command or a package, or Java's message
 */
export async function runSnippet(language: Language, snippet: string, env: Record<string, string>): Promise<unknown> {
  const cwd = await mkdtemp(join(tmpdir(), 'snippet-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  for (const name of COMMANDS) {
    await writeFile(join(cwd, name), COMMAND);
    await chmod(join(cwd, name), 0o755);
  }
  await writeFile(join(cwd, 'recorder.py'), PYTHON_RECORDER);
  const { program, prepare, file, args } = RUNNERS[language];
  await writeFile(join(cwd, file), await prepare(snippet));
  const running = run(program, [...args, file], {
    cwd,
    env: { ...process.env, ...env, PATH: `${cwd}${delimiter}${process.env['PATH']}` },
  });
  running.child.stdin?.end();
  return JSON.parse((await running).stdout);
}
