import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Command, Opened, Tally } from './commands.ts';

/** The stand-in in its own process, so that it takes no processor time from a contestant. */
export interface Vod {
  /** Opens a new VOD in which `assets` assets wait for a cancel. @returns its origin */
  open(assets: number): Promise<string>;
  /** Closes it. @returns the calls that it had */
  close(): Promise<Tally>;
  stop(): void;
}

/** @param program - the built stand-in */
export function startVod(program: string): Vod {
  const child = fork(program, [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = once(child, 'exit').then((): never => {
    throw new Error('the VOD stand-in has ended');
  });
  // Only those that wait for an answer see it.
  gone.catch(() => undefined);
  const ask = async <Reply>(command: Command): Promise<Reply> => {
    const reply = once(child, 'message') as Promise<[Reply]>;
    child.send(command);
    const [message] = await Promise.race([reply, gone]);
    return message;
  };
  return {
    open: async (assets) => (await ask<Opened>({ kind: 'open', assets })).origin,
    close: () => ask<Tally>({ kind: 'close' }),
    stop: () => void child.kill(),
  };
}
