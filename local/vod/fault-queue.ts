import type { Operation } from './calls.ts';
import { FAULTS, type Fault, type FaultName } from './faults.ts';

export interface InjectOptions {
  /** For how many calls it waits. Default 1. */
  readonly times?: number;
  /** For which calls it waits. Default `cancel`, or `list` if the fault's name begins with `list-`. */
  readonly on?: 'cancel' | 'list' | 'queue' | 'any';
}

/** A fault that waits for calls. */
export interface WaitingFault {
  readonly name: string;
  readonly on: NonNullable<InjectOptions['on']>;
  readonly left: number;
}

interface Waiting extends WaitingFault {
  readonly fault: Fault;
  left: number;
}

/** The faults that wait for their calls. A call uses the first one that fits. */
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

  /** The waiting faults, in order. */
  list(): WaitingFault[] {
    return this.#waiting.map(({ name, on, left }) => ({ name, on, left }));
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** @returns the fault for this call, if any */
  take(operation: Operation): { readonly name: string; readonly fault: Fault } | undefined {
    const next = this.#waiting.find(({ left, on }) => left > 0 && (on === 'any' || on === operation));
    if (next === undefined) return undefined;
    next.left -= 1;
    if (next.left === 0) this.#waiting.splice(this.#waiting.indexOf(next), 1);
    return next;
  }
}
