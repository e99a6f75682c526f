import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that takes connections late: stopped, with its queue of connections full, it drops what comes. */
export class SlowServer {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.#child = child;
  }

  static async start(): Promise<SlowServer> {
    const script = `
      const server = require('http').createServer((_, response) => response.writeHead(204).end());
      server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => process.send(server.address().port));
    `;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const closed = once(child, 'close');
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await closed;
    });
    const [port] = (await once(child, 'message')) as [number];
    return new SlowServer(port, child);
  }

  async stopAccepting(): Promise<void> {
    this.#child.kill('SIGSTOP');
    // A queue of one holds two connections on Linux.
    for (let i = 0; i < 2; i += 1) {
      const socket = connect(this.port, '127.0.0.1');
      socket.on('error', () => undefined);
      onTestFinished(() => void socket.destroy());
      await once(socket, 'connect');
    }
  }

  acceptAgain(): void {
    this.#child.kill('SIGCONT');
  }
}
