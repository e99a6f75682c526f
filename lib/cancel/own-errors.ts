/** Our own error codes and their messages. Messages never repeat anything that a caller or VOD sent. */
export const OWN_ERRORS = {
  MISSING_ASSET_ID: 'No asset id was given.',
  INVALID_ASSET_ID: 'The asset id does not have the form of a VOD asset id.',
  CONFLICTING_ASSET_ID: 'The path, the query and the body name different assets.',
  INVALID_BODY: 'The body is not what was expected: a JSON object in UTF-8.',
  BODY_TOO_LARGE: 'The request is larger than allowed.',
  METHOD_NOT_ALLOWED: 'Only DELETE and POST are allowed here.',
  UNSUPPORTED_EVENT: 'The event is of a kind this function does not handle.',
  CONFIG: 'A setting of the function is missing or malformed.',
  VOD_UNREACHABLE: 'No connection to VOD could be opened.',
  VOD_TIMEOUT: 'VOD did not answer in time.',
  VOD_CONNECTION_LOST: 'The connection to VOD broke before its answer had arrived.',
  VOD_BAD_RESPONSE: 'VOD gave an answer that it does not document.',
  DEADLINE: 'There was no time left to call VOD.',
  PACE_LIMIT: "Calling VOD now would exceed the configured pace, or come before the end of VOD's Retry-After.",
  CREDENTIALS_REFUSED_RECENTLY: 'VOD refused this key a moment ago, so it is not used for now.',
  INTERNAL: 'The function has a fault of its own.',
} as const satisfies Record<string, string>;

export type OwnErrorCode = keyof typeof OWN_ERRORS;
