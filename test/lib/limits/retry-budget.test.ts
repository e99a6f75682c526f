import { describe, expect, it } from 'vitest';
import { RetryBudget } from '../../../lib/limits/retry-budget.ts';
import smithy from '../../vectors/smithy-retry.json' with { type: 'json' };

interface Scenario {
  readonly name: string;
  readonly given: { readonly initial_retry_tokens?: number };
  readonly responses: readonly {
    readonly response: { readonly status_code: number; readonly error_code?: string };
    readonly expected: { readonly outcome: string; readonly retry_quota: number };
  }[];
}

/** Plays one response against the budget. @returns what the retry it asks for has been paid, if anything */
function play(budget: RetryBudget, { response, expected }: Scenario['responses'][number], paid: number | undefined) {
  if (expected.outcome === 'max_attempts_exceeded') return paid;
  if (expected.outcome === 'success') {
    budget.refund(paid);
    return undefined;
  }
  const cost = budget.pay(response.error_code === 'Throttling' ? 'throttling' : 'fault');
  expect(cost === undefined ? 'retry_quota_exceeded' : 'retry_request').toBe(expected.outcome);
  return cost;
}

describe('the known answers of the Smithy retry specification', () => {
  it.each(smithy.specification_v2026 as readonly Scenario[])('$name', ({ given, responses }) => {
    const budget = new RetryBudget(given.initial_retry_tokens);
    let paid: number | undefined;
    for (const one of responses) {
      paid = play(budget, one, paid);
      expect(budget.tokens).toBe(one.expected.retry_quota);
    }
  });
});

it('of a fresh process affords 10 retries, and not twice 100', () => {
  const budget = new RetryBudget();
  let afforded = 0;
  while (budget.pay('fault') !== undefined) afforded += 1;
  expect(afforded).toBeGreaterThanOrEqual(10);
  expect(afforded).toBeLessThanOrEqual(150);
});

it('grows back by what succeeds, and never beyond its size', () => {
  const budget = new RetryBudget(0);
  budget.refund(undefined);
  budget.refund(14);
  expect(budget.tokens).toBe(15);
  for (let i = 0; i < 100; i += 1) budget.refund(14);
  expect(budget.tokens).toBe(500);
});

it.each([
  ['fault', 14],
  ['throttling', 5],
] as const)('pays for a retry after %s down to its last token', (cause, cost) => {
  const budget = new RetryBudget(cost);
  expect([budget.pay(cause), budget.tokens]).toEqual([cost, 0]);
  budget.refund(cost - 1);
  expect([budget.pay(cause), budget.tokens]).toEqual([undefined, cost - 1]);
});
