import type { Operation } from './calls.ts';
import { FAULTS, type Fault, type FaultName } from './faults.ts';

export interface InjectOptions {
  /** How many calls it meets. Default 1. */
  readonly times?: number;
  /** Which calls it meets. Default `cancel`, for a fault whose name begins with `list-` it is `list`. */
  readonly on?: 'cancel' | 'list' | 'queue' | 'any';
}

/** A fault that has calls left to meet. */
export interface WaitingFault {
  readonly name: string;
  readonly on: NonNullable<InjectOptions['on']>;
  readonly left: number;
}

interface Waiting extends WaitingFault {
  readonly fault: Fault;
  left: number;
}

/** Faults waiting for the calls they are meant for; the first that fits a call is used up by it. */
export class FaultQueue {
  readonly #waiting: Waiting[] = [];

  inject(fault: FaultName | Fault, { times = 1, on }: InjectOptions = {}): void {
    const name = typeof fault === 'string' ? fault : fault.name || 'custom';
    this.#waiting.push({
      name,
      fault: typeof fault === 'string' ? FAULTS[fault] : fault,
      on: on ?? (name.startsWith('list-') ? 'list' : 'cancel'),
      left: times,
    });
  }

  /** Those still waiting, in the order in which they are met. */
  list(): WaitingFault[] {
    return this.#waiting.map(({ name, on, left }) => ({ name, on, left }));
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** @returns the fault that this call meets, if any */
  take(operation: Operation): { readonly name: string; readonly fault: Fault } | undefined {
    const next = this.#waiting.find(({ left, on }) => left > 0 && (on === 'any' || on === operation));
    if (next === undefined) return undefined;
    next.left -= 1;
    if (next.left === 0) this.#waiting.splice(this.#waiting.indexOf(next), 1);
    return next;
  }
}
