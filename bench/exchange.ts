import { EventEmitter } from 'node:events';

/** An answer of VOD: its status, and a body that becomes JSON. */
export type Answer = readonly [status: number, body?: unknown];

/**
 * Creates a request without a network: what the functions use of Node's `ClientRequest` and `IncomingMessage`.
 *
 * @param answer - called when the request is sent. If it rejects, the connection is lost
 */
export function requestAnsweredBy(answer: () => Promise<Answer>): EventEmitter {
  const outgoing = Object.assign(new EventEmitter(), {
    reusedSocket: true,
    destroy: () => outgoing,
    setHeader: () => outgoing,
    end: () => {
      answer().then(
        (answered) => outgoing.emit('response', incomingOf(answered)),
        (error) => outgoing.emit('error', error),
      );
    },
  });
  process.nextTick(() => outgoing.emit('socket', new EventEmitter()));
  return outgoing;
}

function incomingOf([statusCode, body]: Answer): EventEmitter {
  const headers = { 'content-type': 'application/json', 'x-request-id': '0123456789abcdef0123456789abcdef' };
  const incoming = Object.assign(new EventEmitter(), { statusCode, headers, complete: true, resume: () => incoming });
  process.nextTick(() => {
    if (body !== undefined) incoming.emit('data', Buffer.from(JSON.stringify(body)));
    incoming.emit('end');
    incoming.emit('close');
  });
  return incoming;
}
