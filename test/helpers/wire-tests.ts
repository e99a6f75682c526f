import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';
import { BundleProcess } from './bundle-process.ts';
import { ASSET_ID, KEY, PROJECT_ID, settingsFor } from './contexts.ts';
import { FAULTS } from './faults.ts';
import { apigEvent } from './http-events.ts';
import { startSecretsExtension } from './secrets-extension.ts';
import { SlowServer } from './slow-server.ts';

const CERTIFICATES = join(import.meta.dirname, '../fixtures/tls');
const certificate = (name: string) => ({
  key: readFileSync(join(CERTIFICATES, `${name}.key`), 'utf8'),
  cert: readFileSync(join(CERTIFICATES, `${name}.pem`), 'utf8'),
});

/** Trusts the authority of the test certificates. */
const TRUSTING = { NODE_EXTRA_CA_CERTS: join(CERTIFICATES, 'ca.pem') };

const TOKEN = 'SESSION-TOKEN-EXAMPLE-NOT-A-SECRET-77';

async function startVod(tls?: { key: string; cert: string }): Promise<VodStandIn> {
  const vod = await startVodStandIn({
    accounts: [
      { ak: KEY.ak, sk: KEY.sk, projectId: PROJECT_ID },
      { ak: `${KEY.ak}-STS`, sk: KEY.sk, securityToken: KEY.securityToken, projectId: PROJECT_ID },
    ],
    ...(tls && { tls }),
  });
  onTestFinished(() => vod.close());
  return vod;
}

const bodyOf = ({ body }: { body: string }) => JSON.parse(body) as Record<string, unknown>;

/** What must hold on the wire whichever Node runs the bundle. @param node - the path of its program */
export function testWire(name: string, node: () => string): void {
  describe(`on ${name}`, () => {
    describe.each(['http', 'https'] as const)('a connection over %s', (scheme) => {
      it('that was ended while the process was frozen is not used again', async () => {
        const vod = await startVod(scheme === 'https' ? certificate('valid') : undefined);
        const bundle = await BundleProcess.start({ node: node(), env: { ...TRUSTING, ...settingsFor(vod.origin) } });
        vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
        expect(bodyOf(await bundle.invoke(apigEvent()))).toMatchObject({ outcome: 'cancelled', attempts: 1 });
        vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
        bundle.freeze();
        // The event is there first, as on a host that thaws the process for it.
        const answer = bundle.invoke(apigEvent());
        vod.endIdleConnections();
        await delay(50);
        bundle.thaw();
        expect(bodyOf(await answer)).toMatchObject({ outcome: 'cancelled', attempts: 1 });
      });
    });

    it('verifies the certificate, whatever NODE_TLS_REJECT_UNAUTHORIZED says, and prints nothing but JSON', async () => {
      const vod = await startVod(certificate('self-signed'));
      const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', ...settingsFor(vod.origin) };
      const bundle = await BundleProcess.start({ node: node(), env });
      const response = await bundle.invoke(apigEvent());
      expect(response.statusCode).toBe(502);
      expect(bodyOf(response)).toMatchObject({
        outcome: 'failed',
        retryable: false,
        attempts: 1,
        error: { code: 'VOD_UNREACHABLE', cause: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      });
      expect(vod.calls).toEqual([]);
      const lines = (await bundle.end()).trim().split('\n');
      expect(lines.map((line) => JSON.parse(line))).toHaveLength(1);
    });

    it('prints no secret under NODE_DEBUG, on any path', async () => {
      const vod = await startVod(certificate('valid'));
      const temporary = { HUAWEICLOUD_SDK_AK: `${KEY.ak}-STS`, HUAWEICLOUD_SDK_SECURITY_TOKEN: KEY.securityToken };
      const env = { ...settingsFor(vod.origin, temporary), ...TRUSTING, NODE_DEBUG: 'http,https,net,tls,http2' };
      const bundle = await BundleProcess.start({ node: node(), env: { ...env, VOD_ATTEMPT_TIMEOUT_MS: '1500' } });
      const faults = ['applied-504', 'html-403', 'reset-before-read', 'hang', 'redirect-307'] as const;
      for (const fault of faults) {
        vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
        vod.inject(FAULTS[fault]);
        await bundle.invoke(apigEvent());
      }
      vod.inject('unauthorized-echo');
      await bundle.invoke(apigEvent());
      expect(vod.calls.at(-1)?.headers['x-security-token']).toBe(KEY.securityToken);
      expectNoSecret(await bundle.end());
    });

    it('prints no secret under NODE_DEBUG where the key is in a secret', async () => {
      const vod = await startVod();
      const { HUAWEICLOUD_SDK_AK: ak, HUAWEICLOUD_SDK_SK: sk, ...settings } = settingsFor(vod.origin);
      const extension = await startSecretsExtension(TOKEN, JSON.stringify({ ak, sk }));
      onTestFinished(() => extension.close());
      const env = {
        ...settings,
        VOD_CREDENTIALS_SECRET: 'vod',
        AWS_SESSION_TOKEN: TOKEN,
        PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(extension.port),
        NODE_DEBUG: 'http,https,net,tls,http2',
      };
      const bundle = await BundleProcess.start({ node: node(), host: 'lambda', env });
      vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
      expect(bodyOf(await bundle.invoke(apigEvent()))).toMatchObject({ outcome: 'cancelled' });
      expectNoSecret(await bundle.end());
    });

    describe('a name with two addresses', () => {
      // What a full queue of connections does differs between systems.
      it.runIf(process.platform === 'linux')(
        'is connected to at the first, also where that takes longer than 250 ms and the second is dead',
        async () => {
          const server = await SlowServer.start();
          const preload = await resolvingTo('127.0.0.1', '::1');
          const env = settingsFor(`http://localhost:${server.port}`, {
            VOD_MAX_ATTEMPTS: '1',
            VOD_ATTEMPT_TIMEOUT_MS: '8000',
          });
          const bundle = await BundleProcess.start({ node: node(), env, preload });
          await server.stopAccepting();
          const answer = bundle.invoke(apigEvent());
          await delay(600);
          server.acceptAgain();
          expect(bodyOf(await answer)).toMatchObject({ outcome: 'cancelled', attempts: 1 });
        },
      );

      it('is connected to at the second where the first refuses', async () => {
        const vod = await startVod();
        vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
        const preload = await resolvingTo('::1', '127.0.0.1');
        const env = settingsFor(vod.origin.replace('127.0.0.1', 'localhost'));
        const bundle = await BundleProcess.start({ node: node(), env, preload });
        expect(bodyOf(await bundle.invoke(apigEvent()))).toMatchObject({ outcome: 'cancelled', attempts: 1 });
      });
    });
  });
}

function expectNoSecret(printed: string): void {
  // The variable is at work.
  expect(printed).toMatch(/^HTTP \d+: /m);
  expect(printed).toMatch(/^NET \d+: /m);
  for (const secret of [KEY.ak, KEY.sk, KEY.securityToken, TOKEN, 'SDK-HMAC-SHA256', 'Signature=']) {
    expect(printed).not.toContain(secret);
  }
}

/** A module that gives every name these addresses, in this order. */
async function resolvingTo(...addresses: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'names-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const module = join(folder, 'names.js');
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  await writeFile(
    module,
    `require('dns').lookup = (name, options, callback) => process.nextTick(callback, null, ${JSON.stringify(found)});`,
  );
  return module;
}
