import { fileURLToPath } from 'node:url';
import { runFresh } from '../../local/fresh.ts';
import type { FunctionName } from '../../scripts/functions.ts';

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

export interface Bundle {
  readonly handler: Handler;
  readonly initializer?: (context: unknown, callback: (error: unknown) => void) => void;
}

/** The file a deployment runs. */
export function bundlePath(name: FunctionName): string {
  return fileURLToPath(new URL(`../../dist/${name}/index.js`, import.meta.url));
}

/** Loads a built bundle again, with the state of a new process. */
export const freshBundle = (name: FunctionName): Bundle => runFresh(bundlePath(name)) as Bundle;
