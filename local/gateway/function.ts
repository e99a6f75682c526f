import { runFresh } from '../fresh.ts';
import { type ContextOptions, createContext } from './context.ts';

/** Thrown when the platform would kill the function. Errors of the function itself pass unchanged. */
export class FunctionTimeoutError extends Error {
  constructor(timeoutMs: number) {
    super(`The function did not answer within ${timeoutMs} ms.`);
    this.name = 'FunctionTimeoutError';
  }
}

/** Calls the function with an event and a new context, as the platform does. */
export type Invoke = (event: unknown, requestId: string) => Promise<unknown>;

/** What a bundle exports. The tests of the functions hold it to the rules of the platforms. */
interface Exports {
  readonly handler: (event: unknown, context: unknown) => Promise<unknown>;
  readonly initializer?: (context: unknown, callback: (error: unknown) => void) => void;
}

/** @throws FunctionTimeoutError if the call takes longer */
async function withinTime(timeoutMs: number, call: () => Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new FunctionTimeoutError(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([call(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Loads a built function as the platform starts an instance: as a new CommonJS module, whose initializer is called once
 * before the first request.
 *
 * @param path - the bundle
 * @returns calls the function
 * @throws Error if there is no such bundle, or if its initializer fails: the platform drops such an instance
 */
export async function loadFunction(path: string, options: Omit<ContextOptions, 'requestId'>): Promise<Invoke> {
  const { handler, initializer } = runFresh(path) as Exports;
  if (initializer !== undefined) {
    await new Promise<void>((resolve, reject) => {
      // Only `null` says that it succeeded.
      const callback = (error?: unknown): void =>
        error === null ? resolve() : reject(new Error(`The initializer of ${path} failed: ${error}`));
      initializer(createContext({ ...options, requestId: '' }), callback);
    });
  }
  return (event, requestId) =>
    withinTime(
      options.timeoutMs,
      // The platform passes JSON text, so a function shares no object with its caller.
      () => handler(JSON.parse(JSON.stringify(event)), createContext({ ...options, requestId })),
    );
}
