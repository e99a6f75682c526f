import signer from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import credentialsModule from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { ApiError, describeError } from '../errors.mjs';
import { asBody, asText, isBody } from '../json.mjs';
import { scrub } from '../secrets.mjs';

/** @import { Call, Credentials, Json, Send } from '../types.ts' */

/** One call, from connecting to the last byte of the answer. Code is uploaded within it too. */
const TIMEOUT_MS = 60_000;

/** How much of an answer that is not the API's own is worth showing. */
const EXCERPT = 200;

/**
 * Signed by the SDK's signer (`SDK-HMAC-SHA256`), the one that signs the project's calls to VOD. The body is what
 * `JSON.stringify` gives, since that is what the signer hashes.
 *
 * @param {string} url
 * @param {Call} call
 * @param {Credentials} credentials
 * @returns {Record<string, string>}
 */
const signedHeaders = (url, call, { ak, sk, securityToken, projectId }) => {
  const identity = new credentialsModule.BasicCredentials().withAk(ak).withSk(sk);
  const headers = {
    'content-type': 'application/json',
    ...call.headers,
    'X-Project-Id': projectId,
    ...(securityToken !== undefined && { 'X-Security-Token': securityToken }),
  };
  const request = { endpoint: url, method: call.method, headers, queryParams: {}, data: call.body };
  return { ...signer.AKSKSigner.sign(request, identity) };
};

/**
 * @param {Json} body
 * @returns {{ code: string, message: string } | undefined} where the body is an error of FunctionGraph, the gateway or IAM
 */
const readError = (body) => {
  const outer = asBody(body);
  const error = isBody(outer['error']) ? outer['error'] : outer;
  const code = asText(error['error_code'] ?? error['code']);
  return code === '' ? undefined : { code, message: asText(error['error_msg'] ?? error['message']) };
};

/** @param {string} text */
const parse = (text) => {
  if (text === '') return null;
  try {
    /** @type {Json} */
    const json = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
};

/**
 * @param {unknown} error of `fetch`, which keeps what happened in `cause`
 */
const reasonOf = (error) => describeError(error instanceof Error && error.cause instanceof Error ? error.cause : error);

/**
 * @param {{ endpoint: string, credentials: Credentials }} options
 * @returns {Send}
 */
export const createClient = ({ endpoint, credentials }) => {
  /**
   * @param {Call} call
   * @param {{ status: number, code: string, message: string }} failure
   */
  const apiError = (call, { status, code, message }) => {
    const where = `${call.method} ${call.path}${status === 0 ? '' : `, HTTP ${status}`}`;
    return new ApiError(scrub(`${code}: ${message} (${where})`, credentials), { status, apiCode: code });
  };

  /** @param {Call} call */
  const exchange = async (call) => {
    const url = `${endpoint}${call.path}`;
    try {
      const response = await fetch(url, {
        method: call.method,
        headers: signedHeaders(url, call, credentials),
        redirect: 'manual',
        signal: AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS),
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      });
      return { response, text: await response.text() };
    } catch (error) {
      throw apiError(call, { status: 0, code: 'No answer', message: reasonOf(error) });
    }
  };

  return async (call) => {
    const { response, text } = await exchange(call);
    const body = parse(text);
    if (response.ok && body !== undefined) return body;
    const { code, message } = readError(body ?? null) ?? { code: 'Not an API answer', message: text.slice(0, EXCERPT) };
    throw apiError(call, { status: response.status, code, message });
  };
};
