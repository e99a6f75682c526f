/** An error that is the user's to solve: shown as its message alone, without a stack. */
export class UserError extends Error {
  /**
   * @param {string} message
   * @param {string} code
   */
  constructor(message, code) {
    super(message);
    this.name = 'UserError';
    this.code = code;
  }
}

/**
 * @param {unknown} error
 * @returns {string} one line; an error without a message, as several failed connections give, is told by its code
 */
export const describeError = (error) => {
  if (!(error instanceof Error)) return 'unknown error';
  return error.message || ('code' in error ? String(error.code) : error.name);
};

/** The API answered, but not with a 2xx; or it did not answer at all (`status` 0). */
export class ApiError extends UserError {
  /**
   * @param {string} message
   * @param {{ status: number, apiCode: string }} answer
   */
  constructor(message, { status, apiCode }) {
    super(message, 'FUNCTIONGRAPH_API_ERROR');
    this.name = 'ApiError';
    this.status = status;
    this.apiCode = apiCode;
  }

  /**
   * Whether FunctionGraph itself says that there is no such thing. Any other 404 (a gateway's, a web server's) means a
   * wrong endpoint, and must not look like a function that is yet to be created.
   */
  get isMissing() {
    return this.status === 404 && this.apiCode.startsWith('FSS.');
  }
}
