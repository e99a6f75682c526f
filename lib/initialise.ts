import { readSettings } from './config/settings.ts';
import { recogniseHost } from './host/host.ts';
import { warmUpSigner } from './vod/client.ts';

/**
 * FunctionGraph calls this once per instance, before the first request. It does the slow first-time work ahead of time.
 * It never fails: FunctionGraph discards an instance whose initializer fails, and the handler reports a malformed
 * setting anyway.
 *
 * @param callback - must be called with `null`: the runtime takes a call without an argument for a failure
 */
export function initializer(context: unknown, callback: (error: null) => void): void {
  try {
    warmUp(context);
  } catch {
    // The handler reports the error.
  }
  callback(null);
}

// Lambda calls no initializer. Its counterpart is the time in which the module is loaded.
if (process.env['AWS_LAMBDA_FUNCTION_NAME'] !== undefined) initializer(undefined, () => undefined);

function warmUp(context: unknown): void {
  warmUpSigner();
  readSettings(recogniseHost(context).settingSources);
}
