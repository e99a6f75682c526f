/** An answer to send. A text is sent as it is, an object as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: string | object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** VOD's texts for the codes. The statuses are not here, because VOD sends one code under several. */
const MESSAGES = {
  'VOD.10051': 'Internal system error.',
  'VOD.10053': 'The request parameter is illegal.',
  'VOD.10057': 'Failed to verify the tenant ID.',
  'VOD.10062': 'Media asset or resource does not exist, please check.',
  'VOD.10074': 'You do not have permission to perform this operation.',
  'VOD.10083': 'The current media asset status does not support this operation.',
  'VOD.10127': 'APIGW rate limit.',
  'APIGW.0101': 'The API does not exist or has not been published in the environment.',
  'APIGW.0201': 'Backend timeout.',
  'APIGW.0301': 'Incorrect IAM authentication information.',
  // The other name of the same gateway.
  'APIG.0301': 'Incorrect IAM authentication information.',
  'APIGW.0308': 'The throttling threshold has been reached.',
  'APIGW.0601': 'Internal server error.',
  'APIGW.0610': 'No backend available.',
  'APIGW.0613': 'The IAM service is currently unavailable.',
  'PAP5.0001': 'Access denied.',
} as const;

export type ErrorCode = keyof typeof MESSAGES;

/** Returns an error answer in the words of VOD or the gateway. */
export function errorAnswer(
  status: number,
  code: ErrorCode,
  message: string = MESSAGES[code],
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, body: { error_code: code, error_msg: message }, headers };
}

/** Returns a refusal of the gateway's authentication. `cause` follows the fixed beginning of its text. */
export const unauthorized = (cause: string): Answer =>
  errorAnswer(401, 'APIGW.0301', `Incorrect IAM authentication information: ${cause}`);
