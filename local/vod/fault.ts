import type { Exchange } from './exchange.ts';

/**
 * Answers one call wrongly. It can call `exchange.proceed()` first to apply the call. If it returns without an answer,
 * the client waits.
 */
export type Fault = (exchange: Exchange) => void | Promise<void>;

/** The record shows a made fault with the words that made it. */
export const named = (name: string, fault: Fault): Fault => Object.defineProperty(fault, 'name', { value: name });
