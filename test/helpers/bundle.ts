import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

export interface Bundle {
  readonly handler: Handler;
  readonly initializer?: (context: unknown, callback: (error: unknown) => void) => void;
}

const require = createRequire(import.meta.url);

/** The file a deployment runs. */
export function bundlePath(name: 'cancel-http' | 'cancel-superseded'): string {
  return fileURLToPath(new URL(`../../dist/${name}/index.js`, import.meta.url));
}

/** Loads a built bundle as a host does, with nothing left of an earlier load: its state is that of a new process. */
export function freshBundle(name: 'cancel-http' | 'cancel-superseded'): Bundle {
  const path = bundlePath(name);
  delete require.cache[path];
  return require(path) as Bundle;
}
