import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Invoked, Order } from './invoke.ts';
import { CA_FILE } from './world.ts';

let last: Promise<unknown> = Promise.resolve();

/**
 * Carries orders out in a process that trusts the authority of the test certificates, and whose environment tells Node to
 * verify none, which must change nothing. One at a time, however often it is
 * called: processes that start together would take the time from everything else that goes by a deadline.
 */
export function invokeTrusting(orders: readonly Order[]): Promise<readonly Invoked[]> {
  const next = last.catch(() => undefined).then(() => runChild(orders));
  last = next;
  return next;
}

async function runChild(orders: readonly Order[]): Promise<readonly Invoked[]> {
  const child = fork(join(import.meta.dirname, 'tls-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: CA_FILE, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString().trimEnd()));
  }
  const reports: (readonly Invoked[])[] = [];
  child.once('message', (report: readonly Invoked[]) => reports.push(report));
  const exited = once(child, 'close');
  child.send(orders);
  await exited;
  const [report] = reports;
  if (report === undefined) throw new Error(`the process of a TLS row ended without a report: ${printed.join('\n')}`);
  // What it printed past its report belongs to every function in it.
  return report.map((one) => ({ ...one, lines: [...one.lines, ...printed] }));
}
