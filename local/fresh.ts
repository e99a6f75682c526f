import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';

type Run = (exports: object, require: NodeJS.Require, module: { exports: object }) => void;

const compiled = new Map<string, Run>();

/** Compiles a file once, because compiling takes longer than running. */
function compile(path: string): Run {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const parameters = ['exports', 'require', 'module'];
  const run = compileFunction(readFileSync(path, 'utf8'), parameters, { filename: path }) as Run;
  compiled.set(path, run);
  return run;
}

/** Runs a CommonJS module again from the start. @returns its exports, as a new process gets them */
export function runFresh(path: string): object {
  const module = { exports: {} };
  compile(path)(module.exports, createRequire(path), module);
  return module.exports;
}
