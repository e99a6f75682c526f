import type { IncomingMessage } from 'node:http';
import { unescape as decodePercent } from 'node:querystring';

export type Operation = 'cancel' | 'queue' | 'list' | 'other';

/** A call as the stand-in received it. `headers` includes signatures and tokens. */
export interface RecordedCall {
  readonly operation: Operation;
  readonly method: string;
  readonly url: string;
  /** The port of the client, which finds its own call by it. */
  readonly port: number | undefined;
  /** From the query, or from the body after it was read. */
  assetId: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Time on the stand-in's clock, in epoch ms. */
  readonly at: number;
  /** The answer's status; undefined before a status line is sent. */
  status: number | undefined;
  /** `error_code` of the answer. */
  code: string | undefined;
  /** Whether the call changed the asset, whatever the answer was. */
  applied: boolean;
  fault: string | undefined;
}

/** A request's path and query, percent-decoded. */
interface Target {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Splits a request target. `+` in a query is a plus sign, because clients of this API percent-encode spaces. */
export function parseTarget(url: string): Target {
  const [path = '', ...query] = url.split('?');
  return { path: decodePercent(path), query: new URLSearchParams(query.join('?').replaceAll('+', '%2B')) };
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

/** Creates the record of a call that arrives at `at`. */
export function recordCall({ method = '', url = '', headers, socket }: IncomingMessage, at: number): RecordedCall {
  const { path, query } = parseTarget(url);
  return {
    operation: route(method, path).operation,
    method,
    url,
    port: socket.remotePort,
    assetId: query.get('asset_id') ?? undefined,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    at,
    status: undefined,
    code: undefined,
    applied: false,
    fault: undefined,
  };
}
