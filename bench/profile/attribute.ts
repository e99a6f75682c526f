import { type CpuProfile, type Frame, stacksOf } from './cpu-profile.ts';

/** The files whose functions are told apart; all else is told by what it was called for. */
export interface Files {
  /** URL of the file under test. */
  readonly subject: string;
  /** URL of the program that runs it. What is before its first line is left out. */
  readonly program: string;
}

/** Microseconds by place: a function of the subject, and what it called outside of it. */
export type Attribution = ReadonlyMap<string, number>;

/**
 * Tells what the time of a profile went to: each sample counts for the innermost function of the subject on the stack,
 * and for what that function called of Node's, as `sign › createHmac`. Waiting counts for nothing.
 */
export function attribute(profile: CpuProfile, files: Files): Attribution {
  const stacks = stacksOf(profile);
  const spent = new Map<string, number>();
  let begun = false;
  profile.samples.forEach((id, index) => {
    const stack = stacks.get(id) ?? [];
    begun ||= stack.some(({ url }) => url === files.program);
    const place = begun ? placeOf(stack, files) : undefined;
    if (place !== undefined) spent.set(place, (spent.get(place) ?? 0) + (profile.timeDeltas[index] ?? 0));
  });
  return spent;
}

function placeOf(stack: readonly Frame[], { subject, program }: Files): string | undefined {
  const leaf = stack.at(-1)?.functionName;
  if (leaf === '(idle)' || leaf === '(root)') return undefined;
  if (leaf === '(garbage collector)' || leaf === '(program)') return leaf;
  const owner = stack.findLastIndex(({ url }) => url === subject || url === program);
  const called = stack.slice(owner + 1).filter(({ functionName }) => !PASSING.has(functionName));
  const name = owner < 0 ? 'Node' : nameOf(stack[owner], program);
  return called.length === 0 ? name : `${name} › ${calledName(called)}`;
}

/** Functions through which everything goes that Node calls, so that their names tell nothing. */
const PASSING: ReadonlySet<string> = new Set([
  '(root)',
  'callbackTrampoline',
  'emit',
  'processTicksAndRejections',
  'runNextTicks',
  'processImmediate',
  'processTimers',
  'listOnTimeout',
]);

function nameOf(frame: Frame | undefined, program: string): string {
  if (frame?.url === program) return '(the program)';
  return frame?.functionName || '(module or anonymous)';
}

/** A `require` is told by what it loads: a module of Node's, or else the finding, reading and compiling of a file. */
function calledName(called: readonly Frame[]): string {
  const [outermost] = called;
  if (outermost?.functionName !== 'require') return outermost?.functionName || '(anonymous)';
  const loaded = called.find(({ url, functionName }) => functionName === '' && isModule(url));
  return loaded === undefined ? 'require' : `require ${loaded.url}`;
}

/** The top of a module has no name; the loader's own modules are at work whatever is loaded. */
const isModule = (url: string): boolean =>
  url.startsWith('node:') && !/^node:internal\/(?:modules|bootstrap)\//.test(url);
