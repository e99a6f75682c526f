import { LIMIT, MINUTE_MS, type Outcome } from './simulate.ts';

/** When so much of the uploads was cancelled, in milliseconds. */
const doneAt = ({ cancelledAt, uploads }: Outcome, part: number): number =>
  cancelledAt[Math.ceil(uploads * part) - 1] ?? Number.POSITIVE_INFINITY;

/** Of what VOD allows, how much was used, by everybody, from the first minute until 90 % are cancelled; in per cent. */
export function share(outcome: Outcome, fromMs = MINUTE_MS): number {
  const until = doneAt(outcome, 0.9);
  const admitted = outcome.calls.filter(({ at, admitted }) => admitted && at >= fromMs && at <= until);
  return (100 * admitted.length) / (LIMIT * ((until - fromMs) / MINUTE_MS));
}

/** Calls of the functions for each cancel, refused ones counted. */
export const callsPerCancel = ({ calls, cancelledAt }: Outcome): number =>
  calls.filter(({ from }) => from !== 'another program').length / cancelledAt.length;

/** Uploads that were not cancelled, or whose message was given up. */
export const lost = ({ uploads, cancelledAt, dead }: Outcome): number =>
  Math.max(0, uploads - cancelledAt.length) + dead;

/** Jain's index of fairness of what each instance had admitted in a span of time: 1 where all had the same. */
export function fairness({ calls }: Outcome, names: readonly string[], fromMs: number, toMs: number): number {
  const counts = new Map(names.map((name) => [name, 0]));
  for (const { at, from, admitted } of calls) {
    const count = counts.get(from);
    if (count !== undefined && admitted && at >= fromMs && at < toMs) counts.set(from, count + 1);
  }
  const values = [...counts.values()];
  const sum = values.reduce((total, value) => total + value, 0);
  return sum ** 2 / (values.length * values.reduce((total, value) => total + value ** 2, 0));
}

/** Calls admitted and refused in each minute. */
export function perMinute({ calls }: Outcome): readonly (readonly [admitted: number, refused: number])[] {
  const minutes: [number, number][] = [];
  for (const { at, admitted } of calls) {
    const minute = Math.floor(at / MINUTE_MS);
    while (minutes.length <= minute) minutes.push([0, 0]);
    const counts = minutes[minute] as [number, number];
    counts[admitted ? 0 : 1] += 1;
  }
  return minutes;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
