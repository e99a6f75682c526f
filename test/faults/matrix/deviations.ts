import type { FunctionName } from '../../../scripts/functions.ts';
import type { Observation } from '../observation.ts';
import { boundOf, type Expected, RESERVE_MS, type Row } from './row.ts';

/** A difference between what a row expects and what was seen. */
export interface Deviation {
  readonly what: string;
  readonly expected: unknown;
  readonly seen: unknown;
}

/** Words that a detail must not contain if VOD applied a cancel. */
const DENIAL = /nothing was (?:cancelled|sent)/;

/** Compares what was seen of a function with what its row expects. @returns an empty list if nothing differs */
export function deviationsOf(row: Row, functionName: FunctionName, seen: Observation): readonly Deviation[] {
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

function ofResponse(expected: Expected, seen: Observation): readonly Deviation[] {
  return [
    ...unequal('HTTP status', expected.status, seen.status),
    ...unequal('thrown', undefined, seen.thrown?.name),
    ...ofRetryAfter(expected, seen),
  ];
}

function ofRetryAfter({ status, retryAfter }: Expected, seen: Observation): readonly Deviation[] {
  if (status !== 503) return unequal('retry-after', undefined, seen.retryAfter);
  const [from, to] = retryAfter ?? [60, 60];
  const seconds = /^\d+$/.test(seen.retryAfter ?? '') ? Number(seen.retryAfter) : Number.NaN;
  const within = seconds >= from && seconds <= to;
  return within ? [] : [{ what: 'retry-after', expected: `${from} to ${to}`, seen: seen.retryAfter }];
}

/** `cancel-superseded` throws if the cancel is not done, so that the platform keeps the event. */
function ofEvent({ outcome, code }: Expected, { thrown }: Observation): readonly Deviation[] {
  const isOpen = outcome === 'failed' || outcome === 'unknown';
  return [
    ...unequal('thrown', isOpen ? 'CancelIncompleteError' : undefined, thrown?.name),
    ...unequal('code thrown', isOpen ? code : undefined, thrown?.code),
  ];
}

/** Whether the detail says that nothing was done although VOD applied a cancel. */
export function deniesWhatWasDone({ attempts, applied, detail }: Observation): boolean {
  return attempts !== 0 && applied > 0 && DENIAL.test(detail);
}

function ofDetail(expected: Expected, seen: Observation): readonly Deviation[] {
  const { detail = '' } = expected;
  const said = seen.detail.includes(detail) ? [] : [{ what: 'detail', expected: detail, seen: seen.detail }];
  if (!deniesWhatWasDone(seen)) return said;
  return [...said, { what: 'detail', expected: 'no denial, because VOD applied a cancel', seen: seen.detail }];
}

/** The function keeps the reserve for a slow machine, so an answer may be late by the reserve. */
function ofTime(row: Row, { killed, elapsedMs }: Observation): readonly Deviation[] {
  const boundMs = boundOf(row);
  const late = killed || elapsedMs > boundMs + RESERVE_MS;
  return late ? [{ what: 'time', expected: `within ${boundMs} ms`, seen: killed ? 'killed' : elapsedMs }] : [];
}
