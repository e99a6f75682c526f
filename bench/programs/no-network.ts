import { EventEmitter } from 'node:events';

/** The part of Node's ClientRequest and IncomingMessage that a client of one call uses. */
class AnsweredRequest extends EventEmitter {
  readonly reusedSocket = true;

  end(): this {
    process.nextTick(() => {
      this.emit('socket', new EventEmitter());
      this.emit('response', new NoContent());
    });
    return this;
  }

  destroy(): this {
    return this;
  }
}

class NoContent extends EventEmitter {
  readonly statusCode = 204;
  readonly headers = { 'x-request-id': '0123456789abcdef0123456789abcdef' };
  readonly complete = true;

  resume(): this {
    return this;
  }
}

/**
 * Has Node itself answer every request by 204, at once and in the process. It is what a function calls that is replaced,
 * nothing of the function.
 *
 * @returns what puts Node's own back
 */
export function cutNetwork(): () => void {
  // Not imported: a contestant that needs these modules is to load them itself.
  const modules = [require('node:http'), require('node:https')] as typeof import('node:http')[];
  const originals = modules.map(({ request }) => request);
  for (const module of modules) module.request = (() => new AnsweredRequest()) as unknown as typeof module.request;
  return () => {
    for (const [index, module] of modules.entries()) module.request = originals[index] ?? module.request;
  };
}
