import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';

type Run = (exports: object, require: NodeJS.Require, module: { exports: object }) => void;

/** Files are compiled once, because compiling takes longer than running. */
const compiled = new Map<string, Run>();

/** Runs a CommonJS module again from the start. @returns its exports, as a new process gets them */
export function runFresh(path: string): object {
  const run =
    compiled.get(path) ??
    (compileFunction(readFileSync(path, 'utf8'), ['exports', 'require', 'module'], { filename: path }) as Run);
  compiled.set(path, run);
  const module = { exports: {} };
  run(module.exports, createRequire(path), module);
  return module.exports;
}
