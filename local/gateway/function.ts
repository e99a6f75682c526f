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

type Handler = (event: unknown, context: unknown) => unknown;
type Initializer = (context: unknown, callback: (error: unknown) => void) => unknown;

const isFunction = (value: unknown): value is (...parameters: unknown[]) => unknown => typeof value === 'function';

/** Checks what the platform checks before the first call. */
function handlerOf(exports: { readonly handler?: unknown }, path: string): Handler {
  const { handler } = exports;
  if (!isFunction(handler)) throw new Error(`${path} exports no handler`);
  if (handler.length !== 2 && handler.length !== 3) {
    throw new Error(`the handler of ${path} must declare 2 or 3 parameters, not ${handler.length}`);
  }
  return handler;
}

async function initialize(initializer: Initializer, context: unknown): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const done = (error: unknown): void => {
      if (error === null) resolve();
      else reject(new Error('the initializer failed', { cause: error }));
    };
    Promise.resolve(initializer(context, done)).catch(reject);
  });
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
 * @throws Error if there is no such bundle, or if it is no function
 */
export async function loadFunction(path: string, options: Omit<ContextOptions, 'requestId'>): Promise<Invoke> {
  const exports: { readonly handler?: unknown; readonly initializer?: unknown } = runFresh(path);
  const handler = handlerOf(exports, path);
  if (isFunction(exports.initializer)) {
    await initialize(exports.initializer, createContext({ ...options, requestId: '' }));
  }
  return (event, requestId) =>
    withinTime(options.timeoutMs, () => {
      // The platform passes JSON text, so a function shares no object with its caller.
      const result = handler(JSON.parse(JSON.stringify(event)), createContext({ ...options, requestId }));
      // The platform awaits only native promises. Any other function would hang there.
      if (!(result instanceof Promise)) throw new TypeError('the handler must return a native promise');
      return result;
    });
}
