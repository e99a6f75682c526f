import { EventEmitter } from 'node:events';

/** The parts of Node's ClientRequest and IncomingMessage that the contestants use. */
class AnsweredRequest extends EventEmitter {
  readonly reusedSocket = true;

  setHeader(): this {
    return this;
  }

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
 * Replaces Node's `request`: every request is answered by 204 at once, in the process. The function itself does not change.
 *
 * @returns restores Node's own
 */
export function cutNetwork(): () => void {
  // Not imported: a contestant must load these modules itself.
  const modules = [require('node:http'), require('node:https')] as typeof import('node:http')[];
  const originals = modules.map(({ request }) => request);
  for (const module of modules) module.request = (() => new AnsweredRequest()) as unknown as typeof module.request;
  return () => {
    for (const [index, module] of modules.entries()) module.request = originals[index] ?? module.request;
  };
}
