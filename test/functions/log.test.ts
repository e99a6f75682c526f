import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { bundlePath } from '../helpers/bundle.ts';
import { ASSET_ID, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { startVod } from '../helpers/vod.ts';
import { WRAPPINGS } from '../helpers/wrappings.ts';

/**
 * FunctionGraph's runtime replaces both functions by ones of this kind: one argument, no return value, no callback.
 * What they were given is told at the very moment at which the invocation ends.
 */
const FUNCTIONGRAPH = `
const { handler } = require(process.argv[1]);
const tell = process.stdout.write.bind(process.stdout);
const given = [];
for (const name of ['stdout', 'stderr']) {
  process[name].write = function (text) {
    if (arguments.length !== 1) throw new Error('the replacement takes one argument');
    given.push(text);
  };
}
const report = (ending) => tell(JSON.stringify({ ending, given }));
handler(JSON.parse(process.argv[2]), { getRequestID: () => 'r-1', getRemainingTimeInMilliSeconds: () => 60000 })
  .then(() => report('resolved'), (error) => report(error.name));
`;

/** Tells the status of each response over IPC, so that stdout is the log's alone. */
const HOST = `
const { handler } = require(process.argv[1]);
(async () => {
  for (const event of JSON.parse(process.argv[2])) {
    if (process.argv[3] === 'wait') await new Promise((resolve) => process.once('message', resolve));
    const { statusCode } = await handler(event, {});
    process.send(statusCode);
  }
  process.disconnect();
})();
`;

const vod = await startVod();

const start = (host: string, args: readonly string[], env: Record<string, string> = {}) =>
  spawn(process.execPath, ['-e', host, ...args], {
    env: settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '1000000', ...env }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

async function printed(stream: AsyncIterable<Buffer> | null): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it.each([
  ['resolves', [], 'resolved', 'INFO'],
  ['throws', ['not an id'], 'CancelIncompleteError', 'ERROR'],
])('FunctionGraph has every line, each whole and in one write, when an event %s', async (_, bad, ending, level) => {
  const ids = Array.from({ length: 100 }, (_unused, index) => index.toString(16).padStart(32, '0'));
  for (const id of ids) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
  const event = WRAPPINGS.kafka.wrapAll([...ids, ...bad]);
  const child = start(FUNCTIONGRAPH, [bundlePath('cancel-superseded'), JSON.stringify(event)]);
  const reported = JSON.parse(await printed(child.stdout)) as { ending: string; given: string[] };
  expect(reported.ending).toBe(ending);
  expect(reported.given.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  const lines = reported.given.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(100 + bad.length + 1);
  expect(lines.filter(({ outcome }) => outcome === 'cancelled')).toHaveLength(100);
  expect(lines.at(-1)).toMatchObject({ level, summary: { cancelled: 100 } });
});

it('each line begins with its level and its time in UTC', async () => {
  const child = start(HOST, [bundlePath('cancel-http'), JSON.stringify([apigEvent()])]);
  expect(await printed(child.stdout)).toMatch(
    /^\{"level":"[A-Z]+","timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","message":/,
  );
});

it("neither debugging output of Node's nor a warning gets into a line", async () => {
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  const env = {
    NODE_DEBUG: 'http,https,net,tls,stream,timer,module',
    NODE_OPTIONS: '--trace-warnings --trace-deprecation --pending-deprecation',
    LOG_LEVEL: 'debug',
  };
  const events = [apigEvent(), apigEvent(), null];
  const child = start(HOST, [bundlePath('cancel-http'), JSON.stringify(events)], env);
  const [stdout, stderr] = await Promise.all([printed(child.stdout), printed(child.stderr)]);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.filter((line) => 'outcome' in JSON.parse(line))).toHaveLength(events.length);
  expect(stderr).toContain('HTTP');
});

it('a reader of the log that has gone away costs the lines and no answer', async () => {
  const child = start(HOST, [bundlePath('cancel-http'), JSON.stringify([apigEvent(), apigEvent()]), 'wait']);
  child.stdout?.destroy();
  const stderr = printed(child.stderr);
  const closed = once(child, 'close');
  for (let call = 0; call < 2; call += 1) {
    child.send('go');
    const [status] = (await Promise.race([once(child, 'message'), closed])) as [number];
    expect([200, 409]).toContain(status);
  }
  expect([(await closed)[0], await stderr]).toEqual([0, '']);
});
