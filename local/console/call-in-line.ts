import type { Messages } from './messages.ts';

const OPERATIONS: Readonly<Record<string, string>> = { cancel: 'cancel', status: 'list' };

const numberOr = <Default>(value: unknown, fallback: Default): number | Default =>
  typeof value === 'number' ? value : fallback;

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * Reads a call to VOD from the line that the functions log for it at `debug`.
 *
 * @returns undefined if the line is about something else
 */
export function callIn(
  line: Readonly<Record<string, unknown>>,
  { id, startedAt }: { readonly id: string; readonly startedAt: number },
): Messages['call'] | undefined {
  const operation = OPERATIONS[String(line['call'])];
  if (operation === undefined) return undefined;
  const duration_ms = numberOr(line['duration_ms'], 0);
  return {
    id,
    operation,
    asset_id: textOrNull(line['asset_id']),
    attempt: operation === 'cancel' ? numberOr(line['attempt'], null) : null,
    // The line is written when the call is over.
    at_ms: Math.max(0, Date.parse(String(line['timestamp'])) - startedAt - duration_ms),
    status: numberOr(line['status'], null),
    code: textOrNull(line['code']),
    fault: null,
    duration_ms,
    shared: false,
  };
}
