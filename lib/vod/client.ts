import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import type { HttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/HttpClient.js';
import type { IHttpRequest } from '@huaweicloud/huaweicloud-sdk-core/http/IHttpRequest.js';
import { CancelAssetTranscodeTaskRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/CancelAssetTranscodeTaskRequest.js';
import { ListAssetListRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/ListAssetListRequest.js';
import { VodClient } from '@huaweicloud/huaweicloud-sdk-vod/v1/VodClient.js';
import type { VodPort } from '../cancel/vod-port.ts';
import { readAssetStatus } from './asset-status.ts';
import { classifyAnswer, classifyLoss } from './classify.ts';
import type { Credentials } from './credentials.ts';
import { send, TransportError, type WireAnswer, type WireRequest } from './transport.ts';

/** Whose VOD is called, and where. */
export interface VodTarget {
  /** Scheme, host and port, without a slash at the end. */
  readonly endpoint: string;
  readonly projectId: string;
  readonly credentials: Credentials;
}

/** The SDK's own user agent tells the operating system, the locale and an id it writes to the home folder. */
const USER_AGENT = 'vod-transcode-cancel';

/** Calls VOD through the SDK: its requests and its signature, our transport. */
export function vodAt(target: VodTarget): VodPort {
  const { ak, sk, securityToken } = target.credentials;
  const secrets = [ak, sk, ...(securityToken === undefined ? [] : [securityToken])];
  return {
    async cancel(assetId, timeoutMs) {
      const request = new CancelAssetTranscodeTaskRequest(assetId);
      try {
        const answer = await exchange(target, timeoutMs, (client) => client.cancelAssetTranscodeTask(request));
        return classifyAnswer(answer, Date.now(), secrets);
      } catch (error) {
        return classifyLoss(error);
      }
    },
    async readStatus(assetId, timeoutMs) {
      const request = new ListAssetListRequest().withAssetId([assetId]);
      try {
        return readAssetStatus(await exchange(target, timeoutMs, (client) => client.listAssetList(request)), assetId);
      } catch (error) {
        if (error instanceof TransportError) return undefined;
        throw error;
      }
    },
  };
}

/** Has the SDK sign a request that is never sent: the first signature of a process takes milliseconds, the next none. */
export async function warmUpSigner(): Promise<void> {
  const transport: HttpClient = { sendRequest: async () => ({ data: {} as never, statusCode: 0, headers: {} }) };
  const key = new BasicCredentials().withAk('AK').withSk('SK').withProjectId('p');
  const client = new VodClient(new HcClient(transport).withCredential(key).withEndpoints(['https://vod.invalid']));
  await client.cancelAssetTranscodeTask(new CancelAssetTranscodeTaskRequest('a'));
}

/**
 * Makes one call and gives the answer as it was on the wire. A client is three small objects, and one of its own for
 * each call is what keeps concurrent calls apart: `HcClient` stores the request and the key on the transport it uses.
 *
 * @throws TransportError where no whole answer arrived
 */
async function exchange(
  { endpoint, projectId, credentials }: VodTarget,
  timeoutMs: number,
  call: (client: VodClient) => Promise<unknown>,
): Promise<WireAnswer> {
  const transport = new SingleCallTransport(endpoint, timeoutMs);
  const key = new BasicCredentials().withAk(credentials.ak).withSk(credentials.sk).withProjectId(projectId);
  if (credentials.securityToken !== undefined) key.withSecurityToken(credentials.securityToken);
  await call(new VodClient(new HcClient(transport).withCredential(key).withEndpoints([endpoint])));
  return transport.takeAnswer();
}

/**
 * The SDK's view of our transport. It tells the SDK nothing but that the call is over: what the SDK makes of an answer
 * loses the difference between "refused" and "lost", and takes any 2xx for success.
 */
class SingleCallTransport implements HttpClient {
  readonly #endpoint: string;
  readonly #timeoutMs: number;
  #answer: Promise<WireAnswer> | undefined;

  constructor(endpoint: string, timeoutMs: number) {
    this.#endpoint = endpoint;
    this.#timeoutMs = timeoutMs;
  }

  async sendRequest<T>(request: IHttpRequest): Promise<{ data: T; statusCode: number; headers: object }> {
    this.#answer = send(toWireRequest(request, this.#endpoint), this.#timeoutMs);
    await this.#answer.catch(() => undefined);
    return { data: {} as T, statusCode: 0, headers: {} };
  }

  async takeAnswer(): Promise<WireAnswer> {
    if (this.#answer === undefined) throw new Error('the SDK sent no request');
    return this.#answer;
  }
}

/** The signer encodes all but RFC 3986's unreserved characters; what is sent must be what was signed. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The SDK signs, and so wants sent, a body of `{}` with a GET, and none with a DELETE. */
const bodyOf = (data: unknown): string | undefined => (data === undefined ? undefined : JSON.stringify(data));

function toWireRequest({ url, method, queryParams, headers, data }: IHttpRequest, origin: string): WireRequest {
  const query = Object.entries(queryParams as Record<string, string | readonly string[]>)
    .flatMap(([name, value]) => [value].flat().map((one) => `${encode(name)}=${encode(one)}`))
    .join('&');
  return {
    origin,
    path: `${String(url)}?${query}`,
    method: method ?? 'GET',
    body: bodyOf(data),
    headers: { accept: 'application/json', 'user-agent': USER_AGENT, ...(headers as Record<string, string>) },
  };
}
