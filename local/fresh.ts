import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';

type Run = (exports: object, require: NodeJS.Require, module: { exports: object }) => void;

const compiled = new Map<string, Run>();

/** Compiled once, as that takes longer than to run it. */
function compile(path: string): Run {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const parameters = ['exports', 'require', 'module'];
  const run = compileFunction(readFileSync(path, 'utf8'), parameters, { filename: path }) as Run;
  compiled.set(path, run);
  return run;
}

/** Runs a CommonJS module anew, with nothing left of earlier runs. @returns what it exports, as a new process sees it */
export function runFresh(path: string): object {
  const module = { exports: {} };
  compile(path)(module.exports, createRequire(path), module);
  return module.exports;
}
