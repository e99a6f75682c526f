import type { VodStandIn } from '../vod/stand-in.ts';
import type { Invoked } from './invoke.ts';
import { leaksIn } from './leaks.ts';
import type { World } from './world.ts';

/** What was seen of one function in one row, in the terms of what is expected. */
export interface Seen {
  readonly outcome: unknown;
  readonly retryable: unknown;
  readonly code: unknown;
  readonly cause: unknown;
  readonly detail: string;
  readonly transcodeStatus: unknown;
  readonly inferred: unknown;
  readonly attempts: unknown;
  /** Of the HTTP function. */
  readonly status: unknown;
  readonly retryAfter: string | undefined;
  /** What the event function threw. */
  readonly thrown: Invoked['thrown'];
  readonly killed: boolean;
  readonly elapsedMs: number;
  readonly cancels: number;
  readonly reads: number;
  /** Cancels that took effect, however they were answered. */
  readonly applied: number;
  readonly strayConnections: number;
  /** Lines that say what an invocation came to, and lines that are no JSON object. */
  readonly resultLines: number;
  readonly badLines: readonly string[];
  readonly leaks: readonly string[];
  /** All lines that were printed. */
  readonly lines: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: unknown): Json | undefined {
  try {
    const json: unknown = JSON.parse(String(text));
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** The line each result is logged by; of several invocations the last. An event that throws shows it nowhere else. */
const resultsIn = (lines: readonly string[]): readonly Json[] =>
  lines.map(parse).filter((line) => line !== undefined && 'outcome' in line && 'attempts' in line) as readonly Json[];

/** Puts together what a function answered, what it printed and what VOD saw of it. */
export function observe(invoked: Invoked, { vod, strayConnections }: World): Seen {
  const response = isObject(invoked.response) ? invoked.response : {};
  const headers = isObject(response['headers']) ? response['headers'] : {};
  const results = resultsIn(invoked.lines);
  const result = parse(response['body']) ?? results.at(-1) ?? {};
  const error = isObject(result['error']) ? result['error'] : {};
  const { response: answered, thrown, killed, elapsedMs, lines } = invoked;
  return {
    outcome: result['outcome'],
    retryable: result['retryable'],
    code: error['code'],
    cause: error['cause'],
    detail: String(result['detail']),
    transcodeStatus: result['transcode_status'],
    inferred: result['inferred'],
    attempts: result['attempts'],
    status: response['statusCode'],
    retryAfter: typeof headers['retry-after'] === 'string' ? headers['retry-after'] : undefined,
    thrown,
    killed,
    elapsedMs,
    ...countCalls(vod),
    strayConnections: strayConnections(),
    resultLines: results.length,
    badLines: lines.filter((line) => parse(line) === undefined),
    leaks: leaksIn(JSON.stringify({ answered, thrown, lines })),
    lines,
  };
}

function countCalls({ calls }: VodStandIn): Pick<Seen, 'cancels' | 'reads' | 'applied'> {
  return {
    cancels: calls.filter(({ operation }) => operation === 'cancel').length,
    reads: calls.filter(({ operation }) => operation === 'list').length,
    applied: calls.filter(({ operation, applied }) => operation === 'cancel' && applied).length,
  };
}
