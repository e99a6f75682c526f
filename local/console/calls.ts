import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { parseTarget, route } from '../vod/calls.ts';
import type { VodStandIn } from '../vod/stand-in.ts';
import type { CallView } from './messages.ts';

/** Node's channel of the requests that this process sends. It publishes in the asynchronous context of the sender. */
const CHANNEL = 'http.client.request.start';

/** Calls `listener` with each request that this process sends. @returns stops it */
export function watchRequests(listener: (request: ClientRequest) => void): () => void {
  const onMessage = (message: unknown): void => listener((message as { readonly request: ClientRequest }).request);
  subscribe(CHANNEL, onMessage);
  return () => unsubscribe(CHANNEL, onMessage);
}

/**
 * Follows a call to VOD. Only events of the request are listened to, so the call does not change.
 *
 * @param standIn - its record has what the request does not show: the code and the fault
 * @param report - is called when the call begins and when it is over
 */
export function followCall(
  request: ClientRequest,
  standIn: VodStandIn | undefined,
  report: (call: CallView) => void,
): void {
  const beganAt = performance.now();
  const recordedBefore = standIn?.calls.length;
  const { path, query } = parseTarget(request.path);
  const begun: CallView = {
    operation: route(request.method, path).operation,
    asset_id: query.get('asset_id'),
    duration_ms: null,
    status: null,
    code: null,
    fault: null,
  };
  let status: number | undefined;
  let port: number | undefined;
  request.once('response', ({ statusCode }) => {
    status = statusCode;
  });
  // A socket has a port only while it is connected.
  request.once('finish', () => {
    port = request.socket?.localPort;
  });
  request.once('close', () => {
    const record = standIn?.calls.slice(recordedBefore).find((call) => call.port === port);
    report({
      ...begun,
      duration_ms: performance.now() - beganAt,
      status: status ?? null,
      code: record?.code ?? null,
      fault: record?.fault ?? null,
    });
  });
  report(begun);
}
