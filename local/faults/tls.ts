import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order } from './invoke.ts';
import type { TlsReport } from './tls-child.ts';
import { CA_FILE } from './world.ts';

let last: Promise<unknown> = Promise.resolve();

/**
 * Carries orders out in a process that trusts the authority of the test certificates. One at a time, however often it is
 * called: processes that start together would take the time from everything else that goes by a deadline.
 */
export function invokeTrusting(orders: readonly Order[]): Promise<TlsReport> {
  const next = last.catch(() => undefined).then(() => runChild(orders));
  last = next;
  return next;
}

async function runChild(orders: readonly Order[]): Promise<TlsReport> {
  const child = fork(join(import.meta.dirname, 'tls-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: CA_FILE },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString().trimEnd()));
  }
  const reports: TlsReport[] = [];
  child.once('message', (report: TlsReport) => reports.push(report));
  const exited = once(child, 'close');
  child.send(orders);
  await exited;
  const [report] = reports;
  if (report === undefined) throw new Error(`the process of a TLS row ended without a report: ${printed.join('\n')}`);
  // What it printed past its report belongs to every function in it.
  const invoked = report.invoked.map((one) => ({ ...one, lines: [...one.lines, ...printed] }));
  return { ...report, invoked };
}
