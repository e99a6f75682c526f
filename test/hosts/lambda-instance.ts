import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Ending, type Invocation, RuntimeApi } from './runtime-api.ts';
import { NODES } from './service.ts';
import { RUNTIME_CLIENT } from './tools.ts';

/** An instance of a function under Lambda's own runtime client, `aws-lambda-ric`. */
export class LambdaInstance {
  readonly #api: RuntimeApi;
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  readonly #printed = { stdout: '', stderr: '' };

  private constructor(api: RuntimeApi, child: ChildProcess) {
    this.#api = api;
    this.#child = child;
    this.#closed = once(child, 'close');
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.on('data', (chunk: Buffer) => (this.#printed[name] += String(chunk)));
  }

  /**
   * @param folder - the unpacked package
   * @param env - beside what Lambda sets for every function
   */
  static async start(node: string, folder: string, env: Readonly<Record<string, string>>): Promise<LambdaInstance> {
    const api = await RuntimeApi.start();
    const child = spawn(NODES[node] ?? node, [RUNTIME_CLIENT], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...api.environmentOf(folder),
        ...env,
      },
    });
    return new LambdaInstance(api, child);
  }

  /** @throws where the process ends before the invocation does */
  async invoke(invocation: Invocation): Promise<Ending> {
    const ended = this.#closed.then(() => {
      throw new Error(`the instance has ended:\n${this.#printed.stdout}${this.stderr}`);
    });
    return Promise.race([this.#api.invoke(invocation), ended]);
  }

  /** Calls the listener whenever the process asks for its next event. Lambda freezes it at that moment. */
  onIdle(listener: () => void): void {
    this.#api.onIdle = listener;
  }

  /** The lines that CloudWatch would get, byte for byte. */
  get lines(): readonly string[] {
    const { stdout } = this.#printed;
    return stdout === '' ? [] : stdout.replace(/\n$/, '').split('\n');
  }

  get stderr(): string {
    return this.#printed.stderr;
  }

  /** Stops the process as Lambda's freeze does: nothing in it runs any more. What it has written stays readable. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  /** Ends the instance; its lines are complete afterwards. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
    this.#api.close();
  }
}
