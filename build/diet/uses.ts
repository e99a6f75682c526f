/** One use of an imported module, e.g. `(0, moment_1.default)().utcOffset(0)`. */
export interface Use {
  /** The member that is read, from the module down: `['default']`. Empty where the module is used in a form not known here. */
  readonly path: readonly string[];
  /** What is read of the results of calls, one after the other: `['utcOffset']`. */
  readonly chain: readonly string[];
}

const NAME = String.raw`[A-Za-z_$][\w$]*`;
const MEMBERS = new RegExp(String.raw`(?:\.${NAME})+`, 'y');
const MEMBER = new RegExp(String.raw`\.(${NAME})`, 'y');
const STRING = /(["'`])(?:\\.|(?!\1)[^\\])*\1/y;

/**
 * Every use that a CommonJS module compiled by TypeScript makes of one of its imports.
 *
 * esbuild checks named imports itself, but sees nothing in `lodash_1.sortBy`. TypeScript's output has few forms, and this
 * reads those: `const x_1 = require("x")`, bare or in one helper call, then `x_1.a.b`, called or not. It reports what it
 * cannot read as a use with an empty path rather than pass it over. It does not follow a result into a variable.
 *
 * @param code - The module as printed by esbuild: no comments, one layout.
 * @param specifier - The import, as it stands in `require("…")`.
 */
export function usesOf(code: string, specifier: string): Use[] {
  const call = `require(${JSON.stringify(specifier)})`;
  const declaration = new RegExp(String.raw`\b(?:const|var) (${NAME}) = (?:${NAME}\()?${quoted(call)}\)?;`, 'g');
  const declarations = [...code.matchAll(declaration)];
  if (declarations.length === 0 || code.split(call).length - 1 !== declarations.length)
    return [{ path: [], chain: [] }];
  return declarations.flatMap(({ 0: statement, 1: local = '', index }) => {
    const withoutDeclaration = code.slice(0, index) + code.slice(index + statement.length);
    return usesOfLocal(withoutDeclaration, local);
  });
}

function usesOfLocal(code: string, local: string): Use[] {
  const mentions = code.matchAll(new RegExp(String.raw`(?<![\w$.])${quoted(local)}(?![\w$])`, 'g'));
  return [...mentions].map(({ index }) => {
    const members = matchAt(MEMBERS, code, index + local.length);
    const end = index + local.length + members.length;
    // `(0, x_1.member)(…)` is how TypeScript calls a member without passing `this`.
    const wrapped = code.slice(0, index).endsWith('(0, ') && code[end] === ')';
    return { path: members.split('.').slice(1), chain: chainAt(code, wrapped ? end + 1 : end) };
  });
}

/** Names read of results, from a call at `start` on: for `(0).format("x")` it is `format`. */
function chainAt(code: string, start: number): string[] {
  const afterCall = skipCall(code, start);
  if (afterCall === start) return [];
  const member = matchAt(MEMBER, code, afterCall);
  return member === '' ? [] : [member.slice(1), ...chainAt(code, afterCall + member.length)];
}

/** Index after the parentheses that open at `start`; `start` itself where none do. */
function skipCall(code: string, start: number): number {
  if (code[start] !== '(') return start;
  let depth = 0;
  for (let at = start; at < code.length; at += matchAt(STRING, code, at).length || 1) {
    if (code[at] === '(') depth++;
    if (code[at] === ')') depth--;
    if (depth === 0) return at + 1;
  }
  return start;
}

function matchAt(pattern: RegExp, code: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(code)?.[0] ?? '';
}

function quoted(text: string): string {
  return text.replace(/[^\w]/g, String.raw`\$&`);
}
