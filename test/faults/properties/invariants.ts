import { deniesWhatWasDone } from '../matrix/deviations.ts';
import type { Run } from './run-script.ts';

/** A rule every run keeps, with the words to tell it by. */
interface Invariant {
  readonly rule: string;
  readonly holds: (run: Run) => boolean;
}

const implies = (condition: boolean, consequence: boolean): boolean => !condition || consequence;

const isOpen = ({ seen }: Run): boolean => seen.outcome === 'failed' || seen.outcome === 'unknown';

const waitsAtTheEnd = ({ asset }: Run): boolean => asset?.transcodeStatus === 'WAITING_TRANSCODE';

/** Faults that say VOD.10083 whatever the asset does: the one lie about a queue that VOD is made to tell. */
const SAYS_NOT_QUEUED = /^(?:not-queued-|byte-order-mark$|compressed$)/;

/** Faults whose answer decides although an earlier answer may have been lost ("decide"). */
const DECIDES = /^(?:unauthorized-echo|forbidden-10074)$/;

const lastOf = ({ cancels }: Run) => cancels.at(-1);

/** By the debug lines, because VOD's record does not say which connection a client had used before. */
const wasLostOnUsedConnection = ({ seen }: Run): boolean =>
  seen.lines.some((line) => line.includes('"verdict":"lost"') && line.includes('"reused":true'));

/**
 * What holds for every run. VOD's own record of the calls, and the asset as it is in the end, are the truth that
 * outcomes are measured by.
 */
const INVARIANTS: readonly Invariant[] = [
  {
    // The host kills what is late, and the caller learns nothing.
    rule: 'the answer is out before the deadline',
    holds: ({ seen }) => !seen.killed,
  },
  {
    rule: 'VOD sees no more cancels than attempts are allowed, and none that is not told',
    holds: ({ seen, cancels, script }) =>
      cancels.length <= Number(seen.attempts) && Number(seen.attempts) <= script.maxAttempts,
  },
  { rule: 'a cancel takes one status read at most', holds: ({ reads }) => reads.length <= 1 },
  {
    // The queue is only ever left by being cancelled or by starting. So an asset that ends untranscoded was cancelled, or
    // was never queued, and then the cancel that is told can only have been inferred.
    rule: 'cancelled: VOD carried a cancel out, or the asset is untranscoded',
    holds: ({ seen, asset }) =>
      implies(seen.outcome === 'cancelled', seen.applied > 0 || asset?.transcodeStatus === 'UN_TRANSCODE'),
  },
  {
    // Not the other way round: a 204 can come too late for its attempt.
    rule: 'cancelled is said to be inferred unless VOD answered 204',
    holds: (run) =>
      implies(run.seen.outcome === 'cancelled' && !run.seen.detail.includes('inferred'), lastOf(run)?.status === 204),
  },
  {
    // States only move on, so what waits in the end waited all the time. Only where VOD itself says that nothing waits,
    // and cannot be asked again, is there nothing better to tell.
    rule: 'not_queued: nothing waits, unless VOD said so itself',
    holds: (run) =>
      implies(
        run.seen.outcome === 'not_queued' && waitsAtTheEnd(run),
        SAYS_NOT_QUEUED.test(lastOf(run)?.fault ?? '') && run.seen.transcodeStatus === undefined,
      ),
  },
  {
    // A cancel that was lost on a used connection may never have reached VOD. So an empty queue is not proof of a cancel.
    rule: 'not_queued: VOD said VOD.10083, or its asset list says that the transcode went on, or that nothing waits after \
a cancel that was lost on a used connection',
    holds: (run) =>
      implies(
        run.seen.outcome === 'not_queued',
        lastOf(run)?.code === 'VOD.10083' ||
          SAYS_NOT_QUEUED.test(lastOf(run)?.fault ?? '') ||
          String(run.seen.transcodeStatus).startsWith('TRANSCOD') ||
          (run.seen.inferred === true && run.seen.transcodeStatus === 'UN_TRANSCODE' && wasLostOnUsedConnection(run)),
      ),
  },
  {
    rule: 'not_found: VOD said VOD.10062',
    holds: (run) => implies(run.seen.outcome === 'not_found', lastOf(run)?.code === 'VOD.10062'),
  },
  {
    // A caller that is told not to ask again never learns what became of it. After a lost answer only a code that
    // decides may end in that; after a 5xx any answer but VOD.10083 does, as only a loss is settled by a read.
    rule: 'failed for good never after a cancel that took effect and whose answer was lost, unless VOD then decided',
    holds: (run) =>
      implies(
        run.seen.outcome === 'failed' && run.seen.retryable === false && run.seen.applied > 0,
        DECIDES.test(lastOf(run)?.fault ?? '') ||
          run.cancels.every(({ applied, status }) => !applied || status !== undefined),
      ),
  },
  {
    // What VOD answered may still have come too late, so its record cannot tell that there was no doubt.
    rule: 'unknown: some answer was lost, or doubtful and followed by VOD.10083',
    holds: ({ seen }) =>
      implies(
        seen.outcome === 'unknown',
        seen.code === 'VOD_TIMEOUT' ||
          seen.code === 'VOD_CONNECTION_LOST' ||
          (seen.code === 'VOD.10083' && Number(seen.attempts) > 1),
      ),
  },
  {
    rule: 'no call, no more to tell than that there was no time or no slot',
    holds: ({ seen, cancels }) =>
      implies(
        seen.attempts === 0,
        cancels.length === 0 &&
          seen.outcome === 'failed' &&
          seen.retryable === true &&
          (seen.code === 'DEADLINE' || seen.code === 'PACE_LIMIT'),
      ),
  },
  { rule: 'the detail denies nothing that was done', holds: ({ seen }) => !deniesWhatWasDone(seen) },
  {
    rule: 'the HTTP function answers, the event function throws what is not done and nothing else',
    holds: (run) =>
      run.script.functionName === 'cancel-http'
        ? run.seen.thrown === undefined && Number(run.seen.status) >= 200
        : (run.seen.thrown?.name === 'CancelIncompleteError') === isOpen(run) &&
          implies(isOpen(run), run.seen.thrown?.code === run.seen.code),
  },
  {
    rule: 'nothing is printed but one JSON line for the result',
    holds: ({ seen }) => seen.badLines.length === 0 && seen.resultLines === 1,
  },
  { rule: 'no secret and no word of VOD leaves the process', holds: ({ seen }) => seen.leaks.length === 0 },
];

/** @returns the rules a run breaks, each with what was seen of it */
export function brokenBy(run: Run): readonly string[] {
  // A killed run has no answer to look at; that it was killed is the finding.
  const rules = run.seen.killed ? INVARIANTS.slice(0, 1) : INVARIANTS;
  return rules.filter(({ holds }) => !holds(run)).map(({ rule }) => `${rule}: ${describe(run)}`);
}

function describe({ seen, cancels, reads, asset }: Run): string {
  const calls = [...cancels, ...reads].map(
    ({ operation, fault, status, code, applied }) => `${operation}(${fault ?? 'fine'}: ${status} ${code} ${applied})`,
  );
  return JSON.stringify({ seen, calls, asset });
}
