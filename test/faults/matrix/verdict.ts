import type { Expected } from './row.ts';

/** Says in a few words what both functions must answer. It is a part of each test's name. */
export function verdictOf({ outcome, code, retryable, inferred, status, attempts }: Expected): string {
  const isOpen = outcome === 'failed' || outcome === 'unknown';
  const result = [
    outcome,
    ...(code === undefined ? [] : [code]),
    ...(inferred ? ['inferred'] : []),
    ...(retryable ? ['retryable'] : []),
  ];
  const event = isOpen ? 'the event throws' : 'the event resolves';
  return `${result.join(' ')}; HTTP ${status}, ${event}; attempts: ${attempts}`;
}
