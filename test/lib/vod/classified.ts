import { classifyAnswer } from '../../../lib/vod/classify.ts';

/** What no result may repeat. */
export const SECRETS = ['AK-EXAMPLE', 'SECRETKEY0123456789', 'TOKEN0123456789'];

/** Classifies an answer of VOD. A body that is no string is sent as JSON. */
export const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}) =>
  classifyAnswer({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }, 0, SECRETS);

/** Classifies an answer of VOD with this error code. */
export const coded = (status: number, code: string) =>
  answer(status, { error_code: code, error_msg: 'the secret is SK-1' });
