import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { PROBLEMS } from '../../lib/http/problems.ts';
import { errorAnswer } from '../../local/vod/answers.ts';
import type { PutAsset } from '../../local/vod/assets.ts';
import { startVodStandIn } from '../../local/vod/stand-in.ts';
import { DOCUMENT } from '../../scripts/openapi/document.ts';
import { EXAMPLE_ASSET_ID, EXAMPLES, type ExampleAnswer, type HttpReason } from '../../scripts/openapi/examples.ts';
import { OPENAPI_FILE, openapiYaml } from '../../scripts/openapi.ts';
import { freshBundle } from '../helpers/bundle.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { functionGraphContext, lambdaContext, PROJECT_ID, settingsFor } from '../helpers/contexts.ts';
import { answer, FAULTS, type Fault, type FaultName, says, unavailable } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { startVod } from '../helpers/vod.ts';
import { selfSigned } from '../local/certificate.ts';
import { overlaid } from './overlay.ts';

useVirtualTime();

const mediaTypeOf = ({ status }: ExampleAnswer): string =>
  status === 200 ? 'application/json' : 'application/problem+json';

describe('the description', () => {
  it('is that of the code (else: npm run openapi)', () => {
    expect(readFileSync(OPENAPI_FILE, 'utf8')).toBe(openapiYaml());
    expect(parse(openapiYaml())).toEqual(JSON.parse(JSON.stringify(DOCUMENT)));
  });

  it('has an answer for every reason, under the status of the table', () => {
    const statuses = Object.fromEntries(EXAMPLES.map(({ reason, status }) => [reason, status]));
    const table = Object.fromEntries(Object.entries(PROBLEMS).map(([reason, { status }]) => [reason, status]));
    expect(statuses).toEqual({ cancelled: 200, cancelled_inferred: 200, ...table });
  });

  it('gives every operation every status', () => {
    const all = [...new Set(EXAMPLES.map(({ status }) => String(status)))].sort();
    const operations = Object.values(DOCUMENT.paths).flatMap(({ delete: one, post }) => [one, post]);
    for (const operation of operations) expect(operation).toMatchObject({ responses: expect.any(Object) });
    expect(
      operations.map((operation) => ('responses' in operation ? Object.keys(operation.responses as object) : [])),
    ).toEqual(operations.map(() => all));
  });
});

describe('the examples and the schemas', () => {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(JSON.parse(JSON.stringify(DOCUMENT)), 'openapi');
  const valid = (example: ExampleAnswer, body: object = example.body): boolean => {
    const place = `/components/responses/Status${example.status}/content/${mediaTypeOf(example).replace('/', '~1')}/schema`;
    return ajv.validate({ $ref: `openapi#${place}` }, body) === true;
  };

  it.each(EXAMPLES)('agree on $reason', (example) => {
    expect(valid(example)).toBe(true);
    expect(valid(example, { ...example.body, more: 1 })).toBe(false);
    const { attempts: _attempts, ...less } = example.body;
    expect(valid(example, less)).toBe(false);
    if (example.status !== 200) expect(valid(example, { ...example.body, status: 418 })).toBe(false);
  });
});

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

/** How each answer comes about. An internal error has no way: it would be a bug. */
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
  clock_off: { fault: says(errorAnswer(401, 'APIGW.0301', undefined, { date: 'Thu, 01 Jan 2026 00:00:00 GMT' })) },
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

const vod = await startVod();

describe('what the built bundle answers', () => {
  beforeEach(() => {
    captureConsole();
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  const exampleOf = (reason: string) => EXAMPLES.find((example) => example.reason === reason);

  const expectExample = (response: unknown, reason: string): void => {
    const { statusCode, headers, body } = response as { statusCode: number; headers: object; body: string };
    const example = exampleOf(reason);
    expect(withoutIds(JSON.parse(body))).toEqual(withoutIds(example?.body ?? {}));
    expect(statusCode).toBe(example?.status);
    const described = DOCUMENT.components.responses[`Status${statusCode}`] as { readonly headers: object };
    const names = ['content-type', 'x-content-type-options', ...Object.keys(described.headers)];
    expect(Object.keys(headers).sort()).toEqual(names.sort());
  };

  it.each(Object.entries(SCENARIOS))('is the example of %s', async (reason, scenario) => {
    const { asset = { transcodeStatus: 'WAITING_TRANSCODE' }, fault, times = 1, on, settings, twice } = scenario;
    vod.assets.put(EXAMPLE_ASSET_ID, asset);
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
    const tls = selfSigned('127.0.0.1', new Date(Date.now() - 60_000), new Date(Date.now() + 3_600_000));
    const impostor = await startVodStandIn({ accounts: [], tls });
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
});

describe('the overlay for APIG', () => {
  const overlay = parse(readFileSync(new URL('../../docs/openapi.apig-overlay.yaml', import.meta.url), 'utf8'));
  const applied = overlaid(parse(openapiYaml()), overlay.actions);

  it('puts the function behind every operation, and an app in front', () => {
    const operations = Object.values(applied['paths'] as object).flatMap(({ delete: one, post }) => [one, post]);
    expect(operations).toHaveLength(4);
    for (const operation of operations) {
      expect(operation).toMatchObject({
        responses: expect.any(Object),
        'x-apigateway-request-type': 'private',
        'x-apigateway-backend': { type: 'FUNCTION', functionEndpoints: { 'invocation-type': 'sync' } },
      });
    }
    expect(applied['security']).toEqual([{ 'apig-auth-app': [] }]);
  });

  it('leaves nothing that OpenAPI 3.0 does not know', () => {
    expect(applied['openapi']).toBe('3.0.3');
    const text = JSON.stringify(applied);
    for (const later of ['"const"', '"type":"null"', '"type":[', '"identifier"', '"summary":"Cancels', '$schema']) {
      expect(text).not.toContain(later);
    }
    expect(text.match(/"nullable":true/g)).toHaveLength(2);
  });
});
