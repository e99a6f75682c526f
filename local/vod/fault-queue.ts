import type { Operation } from './calls.ts';
import { FAULTS, type Fault, type FaultName } from './faults.ts';

export interface InjectOptions {
  /** For how many calls it waits. Default 1. */
  readonly times?: number;
  /** For which calls it waits. Default `cancel`, or `list` if the fault's name begins with `list-`. */
  readonly on?: 'cancel' | 'list' | 'queue' | 'any';
}

interface WaitingFault {
  readonly name: string;
  readonly fault: Fault;
  readonly on: NonNullable<InjectOptions['on']>;
  /** For how many more calls it waits. */
  left: number;
}

/** The faults that wait for their calls. A call uses the first one that fits. */
export class FaultQueue {
  #waiting: WaitingFault[] = [];

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
  list() {
    return this.#waiting.map(({ name, on, left }) => ({ name, on, left }));
  }

  clear(): void {
    this.#waiting = [];
  }

  /** @returns the fault for this call, if any */
  take(operation: Operation): WaitingFault | undefined {
    const next = this.#waiting.find(({ on }) => on === 'any' || on === operation);
    if (next !== undefined) next.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return next;
  }
}
