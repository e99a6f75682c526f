/** Our own error codes and their messages. Messages never repeat anything that a caller or VOD sent. */
export const OWN_ERRORS = {
  MISSING_ASSET_ID: 'No asset id was given.',
  INVALID_ASSET_ID: 'The asset id is not a valid VOD asset id.',
  CONFLICTING_ASSET_ID: 'The path, the query and the body name different assets.',
  INVALID_BODY: 'The body is not a JSON object in UTF-8.',
  BODY_TOO_LARGE: 'The request is larger than allowed.',
  METHOD_NOT_ALLOWED: 'Only DELETE and POST are allowed.',
  UNSUPPORTED_EVENT: 'This function does not handle events of this kind.',
  CONFIG: 'A setting of the function is missing or malformed.',
  VOD_UNREACHABLE: 'A connection to VOD could not be opened.',
  VOD_TIMEOUT: 'VOD did not answer in time.',
  VOD_CONNECTION_LOST: 'The connection to VOD broke before the answer arrived.',
  VOD_BAD_RESPONSE: 'VOD sent an answer that is not documented.',
  DEADLINE: 'No time was left to call VOD.',
  PACE_LIMIT: "A call to VOD now would exceed the configured pace, or would be earlier than VOD's Retry-After allows.",
  CREDENTIALS_REFUSED_RECENTLY: 'VOD refused this key a short time ago, so the function does not use it now.',
  INTERNAL: 'The function failed because of an error in its own code.',
} as const satisfies Record<string, string>;

export type OwnErrorCode = keyof typeof OWN_ERRORS;
