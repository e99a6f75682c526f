import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../local/listen.ts';
import eventBridge from '../events/eventbridge.json' with { type: 'json' };
import { ASSET_ID } from '../helpers/contexts.ts';
import { GATEWAY_EVENTS } from '../helpers/http-events.ts';
import { expectClean, logLines } from './lines.ts';
import { AWS_ARGS, AWS_UNPACKED_ARGS, CLI_NODES, HostService, printedBy } from './service.ts';

const PATH = `/assets/${ASSET_ID}/transcode-task`;
const superseded = { ...eventBridge, 'detail-type': 'vod.upload.superseded', detail: { asset_id: ASSET_ID } };
const sqs = (...bodies: readonly string[]) => ({
  Records: bodies.map((body, index) => ({ messageId: `m${index}`, eventSource: 'aws:sqs', body })),
});

let service: HostService;

beforeAll(async () => {
  service = await HostService.create();
});

afterAll(() => service.close());

const queue = () => service.vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });

describe.each(CLI_NODES)('serverless-offline on %s', (node) => {
  let http: string;
  let lambda: string;
  let stop: () => Promise<void>;
  let printed: ReturnType<typeof printedBy>;

  beforeAll(async () => {
    const [httpPort, lambdaPort] = await twoFreePorts();
    http = `http://127.0.0.1:${httpPort}`;
    lambda = `http://127.0.0.1:${lambdaPort}/2015-03-31/functions`;
    // It takes every authoriser for one with tokens, IAM's too.
    const options = ['--noAuth', '--noPrependStageInUrl', '--localEnvironment', '--host', '127.0.0.1'];
    const ports = ['--httpPort', String(httpPort), '--lambdaPort', String(lambdaPort)];
    const child = service.start(node, ['offline', 'start', ...AWS_ARGS, ...options, ...ports], service.lambdaEnv);
    printed = printedBy(child);
    const closed = once(child, 'close');
    stop = async () => {
      child.kill('SIGINT');
      await closed;
    };
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
    await until(() => /Server ready/.test(printed().stdout + printed().stderr) || hasEnded());
    expect(hasEnded(), printed().stderr).toBe(false);
  });

  afterAll(() => stop());

  const invoke = async (event: unknown): Promise<unknown> => {
    const url = `${lambda}/vod-transcode-cancel-prod-cancel-superseded/invocations`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
    return response.json();
  };

  it('answers through the HTTP API, with the key out of the secret', async () => {
    queue();
    const reads = service.extension.reads.length;
    const first = await fetch(http + PATH, { method: 'DELETE' });
    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({ asset_id: ASSET_ID, outcome: 'cancelled' });
    const second = await fetch(http + PATH, { method: 'DELETE' });
    expect(second.status).toBe(409);
    expect(second.headers.get('content-type')).toContain('application/problem+json');
    expect(service.extension.reads.slice(reads)[0]?.secretId).toBe('vod-transcode-cancel/prod/huawei-key');
  });

  it('takes an event of EventBridge', async () => {
    queue();
    expect(await invoke(superseded)).toMatchObject({ summary: { cancelled: 1 } });
  });

  it('names the failed messages of a batch from SQS', async () => {
    queue();
    const reply = await invoke(sqs(ASSET_ID, 'not an id'));
    expect(reply).toMatchObject({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
      summary: { cancelled: 1, failed: 1 },
    });
  });

  it('printed nothing of the function but JSON', async () => {
    const lines = () => logLines(printed().stdout + printed().stderr);
    // Two answers, one event, and a batch of two with its summary; a worker's output comes when it comes.
    await expect.poll(lines).toHaveLength(6);
    expectClean(printed().stdout + printed().stderr);
  });
});

describe.each(CLI_NODES)('osls invoke local for Lambda on %s', (node) => {
  it.each([
    ['cancel-http', 'the HTTP API', GATEWAY_EVENTS['api-gateway-v2']({}), { statusCode: 200 }],
    ['cancel-superseded', 'EventBridge', superseded, { summary: { cancelled: 1 } }],
    ['cancel-superseded', 'SQS', sqs(ASSET_ID), { batchItemFailures: [], summary: { cancelled: 1 } }],
  ])('runs %s for %s', async (name, _, event, expected) => {
    queue();
    const path = await service.writeEvent(event);
    const args = ['invoke', 'local', ...AWS_UNPACKED_ARGS, '-f', name, '-p', path];
    const { status, stdout, stderr } = await service.run(node, args, service.lambdaEnv);
    expect(status, stdout + stderr).toBe(0);
    expectClean(stdout + stderr);
    expect(logLines(stdout)).toMatchObject([{ level: 'INFO', outcome: 'cancelled' }]);
    expect(JSON.parse(stdout.slice(stdout.indexOf('\n{\n')))).toMatchObject(expected);
  });
});

/** Both are open at the same time, because the system may give a port again as soon as it is closed. */
async function twoFreePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const;
  const [one, other] = servers;
  const ports: [number, number] = [await listen(one, 0), await listen(other, 0)];
  for (const server of servers) server.close();
  await Promise.all(servers.map((server) => once(server, 'close')));
  return ports;
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 100));
}
