import { readSettings } from './config/settings.ts';
import { recogniseHost } from './host/host.ts';
import { warmUpSigner } from './vod/client.ts';

/**
 * What FunctionGraph calls once per instance, before its first request: the first cancel then finds done what only the
 * first one has to wait for. Nothing here may fail, for an instance whose initializer fails is thrown away, and a
 * setting at fault has its answer in the handler.
 *
 * @param callback - must be called with `null`; the runtime takes no argument at all for a failure
 */
export function initializer(context: unknown, callback: (error: null) => void): void {
  try {
    warmUp(context);
  } catch {
    // The handler tells.
  }
  callback(null);
}

// Lambda calls no initializer: what it has for one is the time in which the module is loaded.
if (process.env['AWS_LAMBDA_FUNCTION_NAME'] !== undefined) initializer(undefined, () => undefined);

function warmUp(context: unknown): void {
  warmUpSigner();
  readSettings(recogniseHost(context).settingSources);
}
