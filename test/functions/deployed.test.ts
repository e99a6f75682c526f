import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundlePath } from '../helpers/bundle.ts';
import { ASSET_ID, KEY, settingsFor } from '../helpers/contexts.ts';
import { FAULTS } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { startVod } from '../helpers/vod.ts';

const run = promisify(execFile);

/** Loads the handler as FunctionGraph does, with `require`, and prints what it answered to each event on one line. */
const HOST = `
const { handler } = require('./index.js');
(async () => {
  for (const event of JSON.parse(process.argv[2])) {
    const response = await handler(event, { getRequestID: () => 'child-1', getRemainingTimeInMilliSeconds: () => 9000 });
    process.stderr.write(JSON.stringify(response) + '\\n');
  }
})();
`;

/** Denies the process every write, whatever the folder's mode: a test may run as root. */
const NO_WRITES = Number(process.versions.node.split('.')[0]) >= 24 ? '--permission' : '--experimental-permission';

/** The same host, in which no function of `fs` works any more once the bundle is loaded. */
const HOST_WITHOUT_FILES = `
const files = [require('fs'), require('fs').promises];
const host = require('./index.js');
for (const module of files) {
  for (const name of Object.keys(module)) {
    if (typeof module[name] !== 'function' || /^[A-Z]/.test(name)) continue;
    module[name] = () => { throw new Error('fs.' + name + ' was called'); };
  }
}
${HOST}`;

const vod = await startVod();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-alone-'));
  await copyFile(bundlePath('cancel-http'), join(folder, 'index.js'));
  await writeFile(join(folder, 'host.js'), HOST);
  await writeFile(join(folder, 'host-without-files.js'), HOST_WITHOUT_FILES);
  await chmod(folder, 0o555);
});

afterAll(async () => {
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true });
});

/** Runs the bundle alone: no node_modules, no HOME, nothing in the environment but what is given. */
async function invokeAlone(
  events: readonly unknown[],
  env: Record<string, string>,
  flags: readonly string[] = [],
  host = 'host.js',
) {
  const { stdout, stderr } = await run(
    process.execPath,
    ['--no-experimental-require-module', ...flags, host, JSON.stringify(events)],
    { cwd: folder, env },
  );
  return { stdout, responses: stderr.trim().split('\n') };
}

it('does a cancel alone in a read-only folder, without HOME, and writes no file', async () => {
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  const before = await readdir(folder);
  const flags = [NO_WRITES, '--allow-fs-read=*', '--no-warnings'];
  const { responses, stdout } = await invokeAlone([apigEvent()], settingsFor(vod.origin), flags);
  expect(JSON.parse(responses[0] ?? '')).toMatchObject({ statusCode: 200 });
  expect(JSON.parse(stdout)).toMatchObject({ level: 'INFO', outcome: 'cancelled' });
  expect(await readdir(folder)).toEqual(before);
});

it('uses no file once it is loaded', async () => {
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  const { responses } = await invokeAlone([apigEvent()], settingsFor(vod.origin), [], 'host-without-files.js');
  expect(JSON.parse(responses[0] ?? '')).toMatchObject({ statusCode: 200 });
});

it('prints nothing while it is loaded on Lambda', async () => {
  const env = { ...settingsFor(vod.origin), AWS_LAMBDA_FUNCTION_NAME: 'cancel-http' };
  expect((await invokeAlone([], env)).stdout).toBe('');
});

it('signs with a security token, and the stand-in accepts it', async () => {
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  const temporary = { HUAWEICLOUD_SDK_AK: `${KEY.ak}-STS`, HUAWEICLOUD_SDK_SECURITY_TOKEN: KEY.securityToken };
  const { responses } = await invokeAlone([apigEvent()], settingsFor(vod.origin, temporary));
  expect(JSON.parse(responses[0] ?? '')).toMatchObject({ statusCode: 200 });
  expect(vod.calls.at(-1)?.headers['authorization']).toContain('x-security-token');
});

it("prints nothing but JSON lines and no secret, on success and on every failure, also with the SDK's DEBUG", async () => {
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  const faults = [
    'unauthorized-echo',
    'forbidden-10074',
    'not-queued-400',
    'error-500',
    'html-403',
    'reset-before-read',
  ] as const;
  for (const fault of faults) vod.inject(FAULTS[fault]);
  const events = [...faults.map(() => apigEvent()), apigEvent(), apigEvent({ path: {} }), null];
  const env = settingsFor(vod.origin, {
    HUAWEICLOUD_SDK_AK: `${KEY.ak}-STS`,
    HUAWEICLOUD_SDK_SECURITY_TOKEN: KEY.securityToken,
    LOG_LEVEL: 'debug',
    DEBUG: 'DEBUG',
    VOD_MAX_ATTEMPTS: '1',
  });
  const { stdout, responses } = await invokeAlone(events, env);
  expect(responses).toHaveLength(events.length);
  const lines = stdout.trim().split('\n');
  expect(lines.filter((line) => 'outcome' in JSON.parse(line))).toHaveLength(events.length);
  const printed = [stdout, ...responses].join('\n');
  for (const secret of [KEY.ak, KEY.sk, KEY.securityToken, 'SDK-HMAC-SHA256', 'Signature=']) {
    expect(printed).not.toContain(secret);
  }
});
