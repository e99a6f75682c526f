import { monotonicMs } from '../time.ts';
import { KeyGuard } from './key-guard.ts';
import { Pacer } from './pacer.ts';
import { RetryBudget } from './retry-budget.ts';

/** The limits that all invocations of a process share, because they share the tenant's limits and the key. */
export interface ProcessLimits {
  readonly pacer: Pacer;
  readonly keys: KeyGuard;
  readonly budget: RetryBudget;
}

/** The limits of this process. */
export const processLimits: ProcessLimits = {
  pacer: new Pacer(monotonicMs),
  keys: new KeyGuard(monotonicMs),
  budget: new RetryBudget(),
};
