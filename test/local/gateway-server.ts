import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type Gateway, type GatewayOptions, startGateway } from '../../local/gateway/server.ts';
import { type Call, request } from './client.ts';
import { ASSET } from './samples.ts';

export const ROUTE = `/assets/${ASSET}/transcode-task`;

/** Answers with what it was given. */
export const ECHO = `
exports.handler = async (event, context) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'x-many': ['a', 'b'] },
  body: JSON.stringify({ event, requestId: context.getRequestID(), setting: context.getUserData('LOG_LEVEL') }),
  isBase64Encoded: false,
});`;

/** A function that does one thing. */
export const does = (statement: string) => `exports.handler = async (event, context) => { ${statement} };`;

/** Starts gateways for the tests of a file. They are closed after each test. */
export function useGateways() {
  const folders: string[] = [];
  const gateways: Gateway[] = [];

  afterEach(async () => {
    await Promise.all(gateways.splice(0).map((gateway) => gateway.close(0)));
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  /** Starts a gateway over functions given as source text. */
  async function start(cancelHttp = ECHO, cancelSuperseded = ECHO, options: Partial<GatewayOptions> = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
    folders.push(folder);
    const bundles = { 'cancel-http': join(folder, 'http.cjs'), 'cancel-superseded': join(folder, 'superseded.cjs') };
    writeFileSync(bundles['cancel-http'], cancelHttp);
    writeFileSync(bundles['cancel-superseded'], cancelSuperseded);
    const gateway = await startGateway({ port: 0, bundles, settings: { LOG_LEVEL: 'silent' }, ...options });
    gateways.push(gateway);
    return async (call: Partial<Call>) => {
      const reply = await request(gateway.origin, { path: ROUTE, ...call });
      return { ...reply, json: reply.body === '' ? undefined : JSON.parse(reply.body) };
    };
  }

  return { start, gateways };
}
