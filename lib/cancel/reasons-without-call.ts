import type { OwnErrorCode } from './own-errors.ts';

interface RowWithoutCall {
  readonly outcome: 'failed';
  readonly retryable: boolean;
  readonly code: OwnErrorCode;
  /** One sentence for a person. A conclusion may have a more exact one. */
  readonly detail: string;
}

/** The reasons for which a cancel fails before VOD is called. */
export const REASONS_WITHOUT_CALL = {
  deadline: {
    outcome: 'failed',
    retryable: true,
    code: 'DEADLINE',
    detail: 'The function had no time left to call VOD; nothing was sent.',
  },
  pace_limit: {
    outcome: 'failed',
    retryable: true,
    code: 'PACE_LIMIT',
    detail: "The configured pace or VOD's own Retry-After allows no call to VOD before the deadline; nothing was sent.",
  },
  key_paused: {
    outcome: 'failed',
    retryable: true,
    code: 'CREDENTIALS_REFUSED_RECENTLY',
    detail: 'VOD refused this key a short time ago, so the function does not use it now; nothing was sent.',
  },
  missing_asset_id: {
    outcome: 'failed',
    retryable: false,
    code: 'MISSING_ASSET_ID',
    detail: 'No asset id was given; give it as asset_id in the path, the query or the JSON body.',
  },
  invalid_asset_id: {
    outcome: 'failed',
    retryable: false,
    code: 'INVALID_ASSET_ID',
    detail: 'The asset id is not a valid VOD asset id; VOD was not called.',
  },
  conflicting_asset_id: {
    outcome: 'failed',
    retryable: false,
    code: 'CONFLICTING_ASSET_ID',
    detail: 'The path, the query and the body name different assets; VOD was not called.',
  },
  invalid_body: {
    outcome: 'failed',
    retryable: false,
    code: 'INVALID_BODY',
    detail: 'The body is not a JSON object in UTF-8; VOD was not called.',
  },
  body_too_large: {
    outcome: 'failed',
    retryable: false,
    code: 'BODY_TOO_LARGE',
    detail: 'The request is larger than allowed; VOD was not called.',
  },
  method_not_allowed: {
    outcome: 'failed',
    retryable: false,
    code: 'METHOD_NOT_ALLOWED',
    detail: 'Only DELETE and POST cancel a transcode task; VOD was not called.',
  },
  unsupported_event: {
    outcome: 'failed',
    retryable: false,
    code: 'UNSUPPORTED_EVENT',
    detail: 'This function does not handle events of this kind; VOD was not called.',
  },
  config: {
    outcome: 'failed',
    retryable: false,
    code: 'CONFIG',
    detail: 'A setting of the function is missing or malformed; VOD was not called.',
  },
  config_unavailable: {
    outcome: 'failed',
    retryable: true,
    code: 'CONFIG',
    detail: 'A setting of the function could not be read at the moment; VOD was not called.',
  },
  internal: {
    outcome: 'failed',
    retryable: false,
    code: 'INTERNAL',
    detail: 'The function failed because of an error in its own code; its log has the details.',
  },
} as const satisfies Record<string, RowWithoutCall>;

export type ReasonWithoutCall = keyof typeof REASONS_WITHOUT_CALL;
