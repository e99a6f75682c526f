import { fileURLToPath } from 'node:url';
import { runFresh } from '../../local/fresh.ts';

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

export interface Bundle {
  readonly handler: Handler;
  readonly initializer?: (context: unknown, callback: (error: unknown) => void) => void;
}

/** The file a deployment runs. */
export function bundlePath(name: 'cancel-http' | 'cancel-superseded'): string {
  return fileURLToPath(new URL(`../../dist/${name}/index.js`, import.meta.url));
}

/** Loads a built bundle with nothing left of an earlier load: its state is that of a new process. */
export const freshBundle = (name: 'cancel-http' | 'cancel-superseded'): Bundle => runFresh(bundlePath(name)) as Bundle;
