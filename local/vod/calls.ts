import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
import { decodePercent } from '../percent.ts';

export type Operation = 'cancel' | 'queue' | 'list' | 'other';

/** One call as the stand-in saw it. `headers` holds what was really received, signatures and tokens included. */
export interface RecordedCall {
  readonly operation: Operation;
  readonly method: string;
  readonly url: string;
  /** From the query, or (once the body has been read) from the body. */
  assetId: string | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  /** By the stand-in's clock, in epoch ms. */
  readonly at: number;
  /** What was answered; undefined as long as no status line has gone out. */
  status: number | undefined;
  /** `error_code` of the answer. */
  code: string | undefined;
  /** Whether the call changed the asset, however it was answered. */
  applied: boolean;
  /** Real time until the exchange was over, in ms. */
  durationMs: number | undefined;
  fault: string | undefined;
}

/** A request's path and query, percent-decoded. What cannot be decoded stays as it came. */
export interface Target {
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
}

/** Splits a request target. `+` in a query is a plus sign: clients of this API percent-encode their spaces. */
export function parseTarget(url: string): Target {
  const [path = '', ...rest] = url.split('?');
  const parts = rest.join('?').split('&').filter(Boolean);
  const query = parts.map((part) => {
    const [name = '', ...value] = part.split('=');
    return [decodePercent(name), decodePercent(value.join('='))] as const;
  });
  return { path: decodePercent(path), query };
}

/** The project id and the rest of a path of this API. */
const API_PATH = /^\/v1\.0\/([^/]+)\/(asset\/process|asset\/list)$/;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'DELETE asset/process': 'cancel',
  'POST asset/process': 'queue',
  'GET asset/list': 'list',
};

/** @returns which operation a request asks for and of which project */
export function route(method: string, path: string): { operation: Operation; projectId: string | undefined } {
  const [, projectId, resource] = API_PATH.exec(path) ?? [];
  return { operation: OPERATIONS[`${method} ${resource}`] ?? 'other', projectId };
}

/** Opens the record of a call. */
export function recordCall(request: IncomingMessage, clock: Clock): RecordedCall {
  const { method = '', url = '', headers } = request;
  const target = parseTarget(url);
  return {
    operation: route(method, target.path).operation,
    method,
    url,
    assetId: target.query.find(([name]) => name === 'asset_id')?.[1],
    headers: { ...headers },
    at: clock.now(),
    status: undefined,
    code: undefined,
    applied: false,
    durationMs: undefined,
    fault: undefined,
  };
}
