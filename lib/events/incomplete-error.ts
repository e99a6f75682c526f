import { Failure } from '../cancel/failure.ts';
import type { CancelResult } from '../cancel/result.ts';

/** The number of assets in a message. Hosts cut long messages, and the log has all assets. */
const NAMED = 10;

/**
 * Thrown by an event function so that the platform keeps the event. The platform delivers it again and finally sends it
 * to the failure destination. Platforms show only the name and the message of the error.
 */
export class CancelIncompleteError extends Error {
  /** Lambda's JSON log shows the name of the class, which is a single letter in the bundle. */
  static override readonly name = 'CancelIncompleteError';
  override readonly name = 'CancelIncompleteError';
  /** VOD's code or ours, of the first failure. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }

  /** Returns the error for an event whose handling failed. */
  static of(error: unknown): CancelIncompleteError {
    if (error instanceof CancelIncompleteError) return error;
    const { code, message } =
      error instanceof Failure
        ? error
        : { code: 'INTERNAL', message: 'The function failed because of an error in its own code.' };
    return new CancelIncompleteError(code, `${code}: ${message}`);
  }

  /**
   * Returns the error for an event with unfinished results.
   *
   * @param unfinished - the results that are `failed` or `unknown`, at least one
   * @param total - the number of all results
   */
  static for(unfinished: readonly CancelResult[], total: number): CancelIncompleteError {
    const named = unfinished
      .slice(0, NAMED)
      .map(({ asset_id, error }) => `${asset_id ?? 'no valid id'} (${error?.code})`);
    const more = unfinished.length > NAMED ? `, and ${unfinished.length - NAMED} more` : '';
    const message = `${unfinished.length} of ${total} cancels not completed: ${named.join(', ')}${more}`;
    return new CancelIncompleteError(unfinished[0]?.error?.code ?? 'INTERNAL', message);
  }
}
