import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toCancelResult } from '../../lib/cancel/conclusion.ts';
import { concludeError } from '../../lib/cancel/failure.ts';
import { toHttpResponse } from '../../lib/http/response.ts';
import { errorAnswer } from '../../local/vod/answers.ts';
import type { PutAsset } from '../../local/vod/assets.ts';
import { startVodStandIn } from '../../local/vod/stand-in.ts';
import { certificate } from '../fixtures/tls/certificates.ts';
import { freshBundle } from '../helpers/bundle.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, lambdaContext, PROJECT_ID, settingsFor } from '../helpers/contexts.ts';
import { answer, FAULTS, type Fault, type FaultName, send, unavailable } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { startVod } from '../helpers/vod.ts';
import { DOCUMENT, exampleOf, FILE, type HttpReason, ROWS } from './openapi.ts';

useVirtualTime();

interface Scenario {
  /** The asset as VOD has it. Default: its transcode waits. */
  readonly asset?: PutAsset;
  readonly fault?: FaultName | Fault;
  readonly times?: number;
  readonly on?: 'any';
  readonly settings?: Readonly<Record<string, string>>;
  readonly event?: unknown;
  readonly remainingMs?: number;
  /** Whether the same call is made once before. */
  readonly twice?: true;
}

const RUNNING: PutAsset = { transcodeStatus: 'TRANSCODING' };

/** How each answer comes about. Three have a test of their own below. */
const SCENARIOS: Readonly<Record<Exclude<HttpReason, 'internal' | 'config_unavailable' | 'untrusted'>, Scenario>> = {
  cancelled: {},
  cancelled_inferred: { fault: 'applied-504' },
  not_queued: { asset: RUNNING },
  not_queued_after_doubt: { asset: RUNNING, fault: 'error-500' },
  too_early: { asset: { transcodeStatus: 'UN_TRANSCODE', assetStatus: 'CREATING' } },
  not_found: { asset: { transcodeStatus: 'UN_TRANSCODE', assetStatus: 'DELETED' } },
  missing_asset_id: { event: apigEvent({ path: null }) },
  invalid_asset_id: { event: apigEvent({ path: { asset_id: 'no' } }) },
  conflicting_asset_id: { event: apigEvent({ query: { asset_id: 'f'.repeat(32) } }) },
  invalid_body: { event: apigEvent({ method: 'POST', body: '[]' }) },
  unsupported_event: { event: {} },
  method_not_allowed: { event: apigEvent({ method: 'GET' }) },
  body_too_large: { event: apigEvent({ method: 'POST', body: ' '.repeat(70_000), base64: false }) },
  throttled: { fault: 'throttled', times: 2 },
  pace_limit: { settings: { VOD_CALLS_PER_MINUTE: '1' }, twice: true },
  key_paused: { fault: 'unauthorized-echo', twice: true },
  vod_internal: { fault: 'error-500', times: 3 },
  unavailable: { fault: unavailable('3600') },
  unreachable: { settings: { VOD_ENDPOINT: 'http://127.0.0.1:9' } },
  refused: { fault: 'forbidden-10074' },
  clock_off: { fault: send(errorAnswer(401, 'APIGW.0301', undefined, { date: 'Thu, 01 Jan 2026 00:00:00 GMT' })) },
  vod_error: { fault: answer(400, { error_code: 'VOD.10053' }) },
  undocumented: { fault: 'empty-404' },
  undocumented_retryable: { fault: 'ok-200' },
  unsettled: { fault: 'hang', times: 9, on: 'any', settings: { VOD_ATTEMPT_TIMEOUT_MS: '300' } },
  deadline: { remainingMs: 500 },
  config: { settings: { VOD_MAX_ATTEMPTS: '99' } },
};

/** Ids differ from one call to the next; that there is one does not. */
function withoutIds(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const ids = ['request_id', 'vod_request_id'].filter((name) => typeof body[name] === 'string');
  return { ...body, ...Object.fromEntries(ids.map((name) => [name, 'an id'])) };
}

function expectExample(response: unknown, reason: HttpReason): void {
  const { statusCode, headers, body } = response as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
  };
  const example = exampleOf(reason);
  expect(withoutIds(example), `${FILE} has another example of ${reason}`).toEqual(withoutIds(JSON.parse(body)));
  expect(statusCode).toBe(ROWS[reason].status);
  const described: Record<string, { $ref: string }> = DOCUMENT.components.responses[`Status${statusCode}`].headers;
  const names = ['content-type', 'x-content-type-options', ...Object.keys(described)];
  expect(Object.keys(headers).sort()).toEqual(names.sort());
  for (const [name, { $ref }] of Object.entries(described)) {
    const { schema } = DOCUMENT.components.headers[$ref.split('/').at(-1) ?? ''];
    const value = schema.type === 'integer' ? Number(headers[name]) : headers[name];
    expect(new Ajv2020().validate(schema, value), `${FILE} describes ${name} in another way`).toBe(true);
  }
}

const vod = await startVod();

describe('what the built bundle answers', () => {
  beforeEach(() => {
    captureConsole();
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it.each(Object.entries(SCENARIOS) as [HttpReason, Scenario][])('is the example of %s', async (reason, scenario) => {
    const { asset = { transcodeStatus: 'WAITING_TRANSCODE' }, fault, times = 1, on, settings, twice } = scenario;
    vod.assets.put(ASSET_ID, asset);
    if (fault !== undefined)
      vod.inject(typeof fault === 'string' ? FAULTS[fault] : fault, { times, ...(on !== undefined && { on }) });
    const { handler } = freshBundle('cancel-http');
    const call = () => {
      const { event = apigEvent(), remainingMs = 10_000 } = scenario;
      return handler(event, functionGraphContext({ settings: settingsFor(vod.origin, settings), remainingMs }));
    };
    if (twice) await call();
    expectExample(await call(), reason);
  });

  it('is the example of untrusted, when the certificate is signed by itself', async () => {
    const impostor = await startVodStandIn({ accounts: [], tls: certificate('self-signed') });
    const context = functionGraphContext({ settings: settingsFor(impostor.origin) });
    const response = await freshBundle('cancel-http').handler(apigEvent(), context);
    await impostor.close();
    expectExample(response, 'untrusted');
  });

  it('is the example of config_unavailable on Lambda, when the secret cannot be read', async () => {
    vi.stubEnv('VOD_ENDPOINT', vod.origin);
    vi.stubEnv('HUAWEICLOUD_SDK_PROJECT_ID', PROJECT_ID);
    vi.stubEnv('VOD_CREDENTIALS_SECRET', 'vod');
    vi.stubEnv('AWS_SESSION_TOKEN', 'TOKEN-EXAMPLE');
    vi.stubEnv('PARAMETERS_SECRETS_EXTENSION_HTTP_PORT', '9');
    expectExample(await freshBundle('cancel-http').handler(apigEvent(), lambdaContext()), 'config_unavailable');
  });

  it('is the example of internal, which only a bug can cause', () => {
    const conclusion = concludeError(new TypeError('never shown'));
    expectExample(toHttpResponse(conclusion, toCancelResult(conclusion, ASSET_ID, 'an id'), false), 'internal');
  });
});
