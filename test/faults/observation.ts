import type { VodStandIn } from '../../local/vod/stand-in.ts';
import type { Environment } from './environment.ts';
import type { InvocationResult } from './invoke.ts';
import { leaksIn } from './leaks.ts';

/** What was seen of one function in one run. */
export interface Observation {
  readonly outcome: unknown;
  readonly retryable: unknown;
  readonly code: unknown;
  readonly cause: unknown;
  readonly detail: string;
  readonly transcodeStatus: unknown;
  readonly inferred: unknown;
  readonly attempts: unknown;
  /** HTTP status of `cancel-http`. */
  readonly status: unknown;
  readonly retryAfter: string | undefined;
  /** What `cancel-superseded` threw. */
  readonly thrown: InvocationResult['thrown'];
  readonly killed: boolean;
  readonly elapsedMs: number;
  readonly cancels: number;
  readonly reads: number;
  /** Cancels that VOD applied, whatever it answered. */
  readonly applied: number;
  readonly strayConnections: number;
  /** Lines with a result. */
  readonly resultLines: number;
  /** Lines that are no JSON object. */
  readonly badLines: readonly string[];
  readonly leaks: readonly string[];
  /** All printed lines. */
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

/** Returns the log lines of results. If `cancel-superseded` throws, only its log line has the result. */
const resultsIn = (lines: readonly string[]): readonly Json[] =>
  lines.map(parse).filter((line) => line !== undefined && 'outcome' in line && 'attempts' in line) as readonly Json[];

/** Collects what a function answered, what it printed and which calls VOD saw. */
export function observe(invoked: InvocationResult, { vod, strayConnections }: Environment): Observation {
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

function countCalls({ calls }: VodStandIn): Pick<Observation, 'cancels' | 'reads' | 'applied'> {
  return {
    cancels: calls.filter(({ operation }) => operation === 'cancel').length,
    reads: calls.filter(({ operation }) => operation === 'list').length,
    applied: calls.filter(({ operation, applied }) => operation === 'cancel' && applied).length,
  };
}
