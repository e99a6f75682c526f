import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import eventBridge from '../events/eventbridge.json' with { type: 'json' };
import { ASSET_ID, PROJECT_ID } from '../helpers/contexts.ts';
import { GATEWAY_EVENTS } from '../helpers/http-events.ts';
import { LambdaInstance } from './lambda-instance.ts';
import { HostService } from './service.ts';

const superseded = (detail: unknown) => ({ ...eventBridge, 'detail-type': 'vod.upload.superseded', detail });
const sqs = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m${index}`,
    eventSource: 'aws:sqs',
    body: JSON.stringify(body),
  })),
});

let service: HostService;
let instance: LambdaInstance | undefined;
let requests = 0;

beforeAll(async () => {
  service = await HostService.create();
});

afterAll(() => service.close());

afterEach(async () => {
  await instance?.stop();
  instance = undefined;
});

const queue = (assetId = ASSET_ID) => service.vod.assets.put(assetId, { transcodeStatus: 'WAITING_TRANSCODE' });

async function start(node: string, name: string, env: Readonly<Record<string, string>> = {}): Promise<LambdaInstance> {
  instance = await LambdaInstance.start(node, join(service.folder, 'dist', name), {
    ...service.lambdaEnv,
    HUAWEICLOUD_SDK_PROJECT_ID: PROJECT_ID,
    VOD_CREDENTIALS_SECRET: 'vod-transcode-cancel/prod/huawei-key',
    VOD_CALLS_PER_MINUTE: '1000000',
    ...env,
  });
  return instance;
}

const invoke = (lambda: LambdaInstance, event: unknown, headers?: Readonly<Record<string, string>>) =>
  lambda.invoke({
    requestId: `00000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`,
    event,
    ...(headers && { headers }),
  });

/** The lines of the function; what else is there must be the runtime's own report of an error. */
function ownLines(lines: readonly string[]): Record<string, unknown>[] {
  const [own, others]: [string[], string[]] = [[], []];
  for (const line of lines) (line.startsWith('{"level":') ? own : others).push(line);
  for (const line of others) expect(line).toMatch(/\tERROR\tInvoke Error|"level":"ERROR","requestId":/);
  return own.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const FORMATS = ['Text', 'JSON'];

describe.each(['Node 22', 'Node 24'])("Lambda's runtime client on %s", (node) => {
  describe.each(FORMATS)('with log format %s', (format) => {
    const env = { AWS_LAMBDA_LOG_FORMAT: format };

    it('answers a gateway, and every line is JSON from its first byte', async () => {
      const http = await start(node, 'cancel-http', env);
      queue();
      const event = GATEWAY_EVENTS['api-gateway-v2']({});
      expect(await invoke(http, event)).toMatchObject({ kind: 'response', body: { statusCode: 200 } });
      expect(await invoke(http, event)).toMatchObject({ kind: 'response', body: { statusCode: 409 } });
      await http.stop();
      expect(http.lines.map((line) => JSON.parse(line))).toMatchObject([
        { level: 'INFO', outcome: 'cancelled', cold_start: true },
        { level: 'INFO', outcome: 'not_queued', cold_start: false },
      ]);
      expect(http.stderr).toBe('');
    });

    it('hands back the failed messages of a batch, and throws for a source that can only throw', async () => {
      const events = await start(node, 'cancel-superseded', env);
      queue();
      expect(await invoke(events, sqs(superseded({ asset_id: ASSET_ID }), 'no id'))).toMatchObject({
        kind: 'response',
        body: { batchItemFailures: [{ itemIdentifier: 'm1' }] },
      });
      expect(await invoke(events, superseded({ asset_id: 'no id' }))).toMatchObject({
        kind: 'error',
        body: { errorType: 'CancelIncompleteError' },
      });
      await events.stop();
      expect(ownLines(events.lines).map(({ level }) => level)).toEqual(['INFO', 'ERROR', 'ERROR', 'ERROR']);
    });

    it('prints WARN and ERROR lines alone at AWS_LAMBDA_LOG_LEVEL WARN', async () => {
      const events = await start(node, 'cancel-superseded', {
        ...env,
        AWS_LAMBDA_LOG_LEVEL: 'WARN',
        VOD_MAX_ATTEMPTS: '1',
      });
      queue();
      await invoke(events, sqs({ asset_id: ASSET_ID }));
      service.vod.inject('error-503');
      await invoke(events, sqs({ asset_id: ASSET_ID }));
      await invoke(events, sqs('no id'));
      await events.stop();
      expect(ownLines(events.lines).map(({ level }) => level)).toEqual(['WARN', 'ERROR']);
    });
  });

  it("names X-Ray's trace of the invocation that has one, and each call to VOD at debug", async () => {
    const http = await start(node, 'cancel-http', { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' });
    const event = GATEWAY_EVENTS['api-gateway-v2']({});
    queue();
    await invoke(http, event, { 'lambda-runtime-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1' });
    queue();
    await invoke(http, event);
    await http.stop();
    const recognised = { level: 'DEBUG', trigger: 'api-gateway-v2', recognised: { ids: 1 } };
    expect(http.lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining(recognised),
      expect.objectContaining({ level: 'DEBUG', call: 'cancel', verdict: 'cancelled', reused: false }),
      expect.objectContaining({ level: 'INFO', xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793' }),
      expect.objectContaining(recognised),
      expect.objectContaining({ level: 'DEBUG', call: 'cancel', verdict: 'cancelled', reused: true }),
      expect.not.objectContaining({ xray_trace_id: expect.anything() }),
    ]);
  });

  it('has every line of a large event by the time it is frozen', async () => {
    const events = await start(node, 'cancel-superseded');
    const ids = Array.from({ length: 3_000 }, (_, index) => index.toString(16).padStart(32, '0'));
    for (const id of ids) queue(id);
    let asked = 0;
    // The second time it asks for an event, the first is over.
    events.onIdle(() => ++asked === 2 && events.freeze());
    expect(await invoke(events, sqs({ asset_ids: ids }))).toMatchObject({ body: { batchItemFailures: [] } });
    await expect.poll(() => asked).toBe(2);
    await events.stop();
    expect(ownLines(events.lines)).toHaveLength(ids.length + 1);
  });
});
