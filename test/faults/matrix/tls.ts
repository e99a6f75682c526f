import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CA_FILE } from '../../fixtures/tls/certificates.ts';
import type { Invocation, InvocationResult } from '../invoke.ts';

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs functions in a process that trusts the authority of the test certificates. Its environment also tells Node to
 * verify no certificate, which must change nothing. Only one such process runs at a time: starting several together
 * would slow down everything else.
 */
export function invokeInChild(invocations: readonly Invocation[]): Promise<readonly InvocationResult[]> {
  const next = last.catch(() => undefined).then(() => runChild(invocations));
  last = next;
  return next;
}

async function runChild(invocations: readonly Invocation[]): Promise<readonly InvocationResult[]> {
  const child = fork(join(import.meta.dirname, 'tls-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: CA_FILE, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString().trimEnd()));
  }
  const reports: (readonly InvocationResult[])[] = [];
  child.once('message', (report: readonly InvocationResult[]) => reports.push(report));
  const exited = once(child, 'close');
  child.send(invocations);
  await exited;
  const [report] = reports;
  if (report === undefined) throw new Error(`the process of a TLS row ended without a report: ${printed.join('\n')}`);
  // The process also prints outside the functions: every one of them may be the cause.
  return report.map((one) => ({ ...one, lines: [...one.lines, ...printed] }));
}
