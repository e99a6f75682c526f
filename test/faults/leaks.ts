import { type ErrorCode, errorAnswer } from '../../local/vod/answers.ts';

/** A visibly fake key. Its parts occur nowhere else, so that a search finds every leak. */
export const KEY = {
  ak: 'AK-EXAMPLE-FAULTS-3f6b',
  sk: 'SK-EXAMPLE-NOT-A-SECRET-a90d',
  securityToken: 'TOKEN-EXAMPLE-NOT-A-SECRET-5c2e+/=',
} as const;

/** Codes whose texts the stand-in sends as `error_msg`. */
const CODES = [
  'VOD.10051',
  'VOD.10053',
  'VOD.10057',
  'VOD.10062',
  'VOD.10074',
  'VOD.10083',
  'APIGW.0101',
  'APIGW.0201',
  'APIGW.0308',
  'APIGW.0601',
  'APIGW.0610',
  'APIGW.0613',
] as const satisfies readonly ErrorCode[];

const messageOf = (code: ErrorCode): string => {
  const { body } = errorAnswer(400, code);
  return typeof body === 'object' && body !== null && 'error_msg' in body ? String(body.error_msg) : code;
};

/** What must never leave the process, by name: the key, signatures, and VOD's texts. */
const NEEDLES: Readonly<Record<string, string>> = {
  'the AK': KEY.ak,
  'the SK': KEY.sk,
  'the security token': KEY.securityToken,
  'an Authorization value': 'SDK-HMAC-SHA256',
  'a signature': 'Signature=',
  'the text of APIGW.0301': 'Incorrect IAM authentication',
  'an echoed header': 'canonicalRequest',
  ...Object.fromEntries(CODES.map((code) => [`the text of ${code}`, messageOf(code)])),
};

/** @returns the names of all secrets in a text */
export function leaksIn(text: string): readonly string[] {
  return Object.entries(NEEDLES).flatMap(([name, needle]) => (text.includes(needle) ? [name] : []));
}
