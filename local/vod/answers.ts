/** An answer to send. A string body is sent as it is, anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
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
export function unauthorized(cause: string): Answer {
  return {
    status: 401,
    body: { error_code: 'APIGW.0301', error_msg: `Incorrect IAM authentication information: ${cause}` },
  };
}

/** @returns the `error_code` of an answer that has one */
export function errorCodeOf({ body }: Answer): string | undefined {
  if (typeof body !== 'object' || body === null || !('error_code' in body)) return undefined;
  return typeof body.error_code === 'string' ? body.error_code : undefined;
}

/** An encoded answer. */
export interface EncodedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Adds the headers of every answer. The gateway repeats the request id in the bodies of its errors, VOD does not. */
export function encode(answer: Answer, requestId: string): EncodedAnswer {
  const gateway = errorCodeOf(answer)?.startsWith('APIGW.') === true;
  const body = gateway ? Object.assign({}, answer.body, { request_id: requestId }) : answer.body;
  return {
    status: answer.status,
    headers: { 'content-type': 'application/json', 'x-request-id': requestId, ...answer.headers },
    body: Buffer.from(body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body)),
  };
}
