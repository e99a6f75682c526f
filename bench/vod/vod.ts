import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Opened, Order, Tally } from './orders.ts';

/** The stand-in in a process of its own, so that no contestant shares its processor time with it. */
export interface Vod {
  /** Opens a new VOD in which `assets` assets wait for a cancel. @returns its origin */
  open(assets: number): Promise<string>;
  /** Closes it. @returns what became of the calls it had */
  close(): Promise<Tally>;
  stop(): void;
}

/**
 * @param program - the built stand-in
 * @param certificates - folder of the key and the certificate it uses with `tls`
 */
export function startVod(program: string, certificates: string, tls: boolean): Vod {
  const child = fork(program, [certificates], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = once(child, 'exit').then((): never => {
    throw new Error('the VOD stand-in has ended');
  });
  // Whoever waits for an answer gets to see it.
  gone.catch(() => undefined);
  const ask = async <Reply>(order: Order): Promise<Reply> => {
    const reply = once(child, 'message') as Promise<[Reply]>;
    child.send(order);
    const [message] = await Promise.race([reply, gone]);
    return message;
  };
  return {
    open: async (assets) => (await ask<Opened>({ kind: 'open', assets, tls })).origin,
    close: () => ask<Tally>({ kind: 'close' }),
    stop: () => void child.kill(),
  };
}
