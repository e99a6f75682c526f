import type { Exchange } from './exchange.ts';

/**
 * What is done to one call instead of answering it properly. It may call `exchange.proceed()` to have the call take
 * its effect first. One that returns without having answered leaves the client hanging.
 */
export type Fault = (exchange: Exchange) => void | Promise<void>;

/** Faults that are made show up in the record under the words that made them. */
export const named = (name: string, fault: Fault): Fault => Object.defineProperty(fault, 'name', { value: name });
