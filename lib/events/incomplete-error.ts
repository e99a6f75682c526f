import { Failure } from '../cancel/failure.ts';
import type { CancelResult } from '../cancel/result.ts';

/** A message names this many assets; a host cuts long messages, and the log has them all. */
const NAMED = 10;

/**
 * Thrown out of an event function so that the platform keeps the event: it delivers it again and, in the end, puts it
 * into its failure destination. Platforms show its name and its message, and nothing else.
 */
export class CancelIncompleteError extends Error {
  /** Lambda's JSON log names an error by its class, which is a single letter in the bundle. */
  static override readonly name = 'CancelIncompleteError';
  override readonly name = 'CancelIncompleteError';
  /** VOD's code or ours; of several failures the first one's. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** For an event that could not be begun with. */
  static of(error: unknown): CancelIncompleteError {
    if (error instanceof CancelIncompleteError) return error;
    const { code, message } =
      error instanceof Failure ? error : { code: 'INTERNAL', message: 'The function has a fault of its own.' };
    return new CancelIncompleteError(code, `${code}: ${message}`);
  }

  /**
   * For an event of which some is not done.
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
