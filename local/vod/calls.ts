import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
import { decodePercent } from '../percent.ts';

export type Operation = 'cancel' | 'queue' | 'list' | 'other';

/** A call as the stand-in received it. `headers` includes signatures and tokens. */
export interface RecordedCall {
  readonly operation: Operation;
  readonly method: string;
  readonly url: string;
  /** From the query, or from the body after it was read. */
  assetId: string | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  /** Time on the stand-in's clock, in epoch ms. */
  readonly at: number;
  /** The answer's status; undefined before a status line is sent. */
  status: number | undefined;
  /** `error_code` of the answer. */
  code: string | undefined;
  /** Whether the call changed the asset, whatever the answer was. */
  applied: boolean;
  /** Real duration of the exchange, in ms. */
  durationMs: number | undefined;
  fault: string | undefined;
}

/** A request's path and query, percent-decoded. A text that cannot be decoded does not change. */
export interface Target {
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
}

/** Splits a request target. `+` in a query is a plus sign, because clients of this API percent-encode spaces. */
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

/** @returns the operation and the project of a request */
export function route(method: string, path: string): { operation: Operation; projectId: string | undefined } {
  const [, projectId, resource] = API_PATH.exec(path) ?? [];
  return { operation: OPERATIONS[`${method} ${resource}`] ?? 'other', projectId };
}

/** Creates the record of a call. */
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
