import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { bundlePath } from './bundle.ts';

/** Loads the bundle with `require`, as the hosts do, and invokes it with each message. */
const HOST = `
const { handler } = require(process.argv[1]);
const startedAt = () => { const at = Date.now(); return () => 9000 - (Date.now() - at); };
const contexts = {
  functiongraph: () => ({ getRequestID: () => 'child-1', getRemainingTimeInMilliSeconds: startedAt() }),
  lambda: () => ({ awsRequestId: 'child-1', getRemainingTimeInMillis: startedAt() }),
};
process.on('message', async (event) => process.send({ response: await handler(event, contexts[process.argv[2]]()) }));
process.send({ ready: true });
`;

interface BundleProcessOptions {
  /** All that its environment holds. */
  readonly env: Readonly<Record<string, string>>;
  readonly host?: 'functiongraph' | 'lambda';
  /** The program that runs it; by default the one that runs the tests. */
  readonly node?: string;
  /** A module to load before the bundle. */
  readonly preload?: string;
}

/** The built `cancel-http` alone in a process of its own, which can be stopped and continued like a frozen host. */
export class BundleProcess {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  readonly #ended: Promise<never>;
  #printed = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#closed = once(child, 'close');
    this.#ended = this.#closed.then(() => {
      throw new Error(`the process ended: ${this.#printed}`);
    });
    this.#ended.catch(() => undefined);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#printed += chunk.toString()));
    }
  }

  /** Starts it for one test, and ends it with that test. */
  static async start(options: BundleProcessOptions): Promise<BundleProcess> {
    const { env, host = 'functiongraph', node = process.execPath, preload } = options;
    const flags = preload === undefined ? [] : ['--require', preload];
    const child = spawn(node, [...flags, '-e', HOST, bundlePath('cancel-http'), host], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const started = new BundleProcess(child);
    onTestFinished(() => void child.kill('SIGKILL'));
    await started.#message();
    return started;
  }

  /** Invokes the handler. @returns its response */
  async invoke(event: unknown): Promise<{ statusCode: number; body: string }> {
    this.#child.send(event as object);
    return (await this.#message()) as { statusCode: number; body: string };
  }

  /** Stops the process as a host does between two invocations. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** Ends the process now. @returns all that it printed */
  async end(): Promise<string> {
    this.#child.kill('SIGKILL');
    await this.#closed;
    return this.#printed;
  }

  async #message(): Promise<unknown> {
    const [message] = (await Promise.race([once(this.#child, 'message'), this.#ended])) as [{ response?: unknown }];
    return message.response;
  }
}
