import type { FunctionName } from './invoke.ts';
import { boundOf, type Expected, RESERVE_MS, type Row } from './row.ts';
import type { Seen } from './seen.ts';

/** What is not as it must be. */
export interface Deviation {
  readonly what: string;
  readonly expected: unknown;
  readonly seen: unknown;
}

/** Words of a detail that are wrong as soon as a cancel took effect. */
const DENIAL = /nothing was (?:cancelled|sent)/;

/** Compares what was seen of a function with what its row expects. @returns nothing where all is as it must be */
export function deviationsOf(row: Row, functionName: FunctionName, seen: Seen): readonly Deviation[] {
  const { expected } = row;
  const isHttp = functionName === 'cancel-http';
  return [
    ...unequal('outcome', expected.outcome, seen.outcome),
    ...unequal('retryable', expected.retryable, seen.retryable),
    ...unequal('error.code', expected.code, seen.code),
    ...unequal('error.cause', expected.cause ?? seen.cause, seen.cause),
    ...unequal('attempts', expected.attempts, seen.attempts),
    ...unequal('transcode_status', expected.transcodeStatus, seen.transcodeStatus),
    ...unequal('inferred', expected.inferred, seen.inferred),
    ...unequal('cancel calls', expected.cancels ?? expected.attempts, seen.cancels),
    ...unequal('status reads', expected.reads ?? 0, seen.reads),
    ...(isHttp ? ofResponse(expected, seen) : ofEvent(expected, seen)),
    ...ofDetail(expected, seen),
    ...ofTime(row, seen),
    ...unequal('calls to the other host', 0, seen.strayConnections),
    ...unequal('lines of a result', row.invocations ?? 1, seen.resultLines),
    ...unequal('lines that are no JSON', [], seen.badLines),
    ...unequal('leaks', [], seen.leaks),
  ];
}

function unequal(what: string, expected: unknown, seen: unknown): readonly Deviation[] {
  return JSON.stringify(expected) === JSON.stringify(seen) ? [] : [{ what, expected, seen }];
}

function ofResponse(expected: Expected, seen: Seen): readonly Deviation[] {
  return [
    ...unequal('HTTP status', expected.status, seen.status),
    ...unequal('thrown', undefined, seen.thrown?.name),
    ...ofRetryAfter(expected, seen),
  ];
}

function ofRetryAfter({ status, retryAfter }: Expected, seen: Seen): readonly Deviation[] {
  if (status !== 503) return unequal('retry-after', undefined, seen.retryAfter);
  const [from, to] = retryAfter ?? [60, 60];
  const seconds = /^\d+$/.test(seen.retryAfter ?? '') ? Number(seen.retryAfter) : Number.NaN;
  const within = seconds >= from && seconds <= to;
  return within ? [] : [{ what: 'retry-after', expected: `${from} to ${to}`, seen: seen.retryAfter }];
}

/** An event that is not done is kept by throwing; the error carries the code. */
function ofEvent({ outcome, code }: Expected, { thrown }: Seen): readonly Deviation[] {
  const isOpen = outcome === 'failed' || outcome === 'unknown';
  return [
    ...unequal('thrown', isOpen ? 'CancelIncompleteError' : undefined, thrown?.name),
    ...unequal('code thrown', isOpen ? code : undefined, thrown?.code),
  ];
}

/** Whether the detail says that nothing was done where something was. */
export function deniesWhatWasDone({ attempts, applied, detail }: Seen): boolean {
  return attempts !== 0 && applied > 0 && DENIAL.test(detail);
}

/** `detail` is for a person, but it must be true. */
function ofDetail(expected: Expected, seen: Seen): readonly Deviation[] {
  const { detail = '' } = expected;
  const said = seen.detail.includes(detail) ? [] : [{ what: 'detail', expected: detail, seen: seen.detail }];
  if (!deniesWhatWasDone(seen)) return said;
  return [...said, { what: 'detail', expected: 'no denial, for a cancel took effect', seen: seen.detail }];
}

/**
 * Being killed is a deviation by itself. Short of that, the reserve is what the function keeps for a machine that is
 * slow to let it answer, so the bound may be overrun by so much.
 */
function ofTime(row: Row, { killed, elapsedMs }: Seen): readonly Deviation[] {
  const boundMs = boundOf(row);
  const late = killed || elapsedMs > boundMs + RESERVE_MS;
  return late ? [{ what: 'time', expected: `within ${boundMs} ms`, seen: killed ? 'killed' : elapsedMs }] : [];
}
