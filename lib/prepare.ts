import { type Configuration, configure } from './config/configure.ts';
import { openLog } from './config/log-level.ts';
import { beginInvocation, type Invocation } from './host/invocation.ts';
import type { Log } from './log/log.ts';

/** What both functions find out first. */
export interface Prepared {
  readonly invocation: Invocation;
  readonly log: Log;
  readonly configuration: Configuration;
}

/**
 * What middy gives to each step of a pipeline.
 *
 * @typeParam Findings - what the steps find out; whatever follows a failed step is missing
 * @typeParam Handled - what the handler returns
 * @typeParam Reply - what the function answers
 */
export interface Step<Findings = Prepared, Handled = unknown, Reply = unknown> {
  /** The event as the host sent it, until a step replaces it with the input of the handler. */
  event: unknown;
  readonly context: unknown;
  get response(): Handled | null;
  set response(reply: Reply);
  error: Error | null;
  readonly internal: { -readonly [Name in keyof Findings]?: Findings[Name] };
}

/**
 * The first step of both functions: recognises the host, opens the log and reads the configuration.
 *
 * @throws Failure - `CONFIG`, with the names of what is missing or malformed
 */
export function prepare({ context, internal }: Step): void {
  const invocation = beginInvocation(context);
  internal.invocation = invocation;
  internal.log = openLog(invocation.host.settingSources);
  internal.configuration = configure(invocation.host);
}
