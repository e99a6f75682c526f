import { command, type Io, type Output, runIfMain } from '../scripts/command.ts';
import { BUNDLES, buildWhenOld } from './bundles.ts';
import { type Console, openConsole } from './console/console.ts';
import { type Gateway, startGateway } from './gateway/server.ts';
import { DEFAULT_PORT, readPort } from './port.ts';
import { SEEDED_ASSET_ID, SEEDED_ASSETS } from './seed.ts';
import { openVod, STAND_IN_OPTION, type VodTarget } from './vod-target.ts';

const USAGE = `npm start [-- --stand-in]

Starts the HTTP gateway in front of the built functions on http://127.0.0.1:<PORT>, with an embedded VOD stand-in.

  GET    /                                   the console, a page that shows and controls everything
  DELETE /assets/{asset_id}/transcode-task   cancel-http
  POST   /events                             cancel-superseded

PORT (default ${DEFAULT_PORT}, 0 for any free one) is read from the environment. With HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK,
HUAWEICLOUD_SDK_PROJECT_ID and VOD_REGION or VOD_ENDPOINT set it talks to that VOD instead; if only some of them are set,
it starts only with --stand-in. Ctrl-C stops it.
`;

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use',
  EACCES: 'is not allowed for this user',
};

async function openGateway(port: number, vod: VodTarget, hooks: Console): Promise<Gateway> {
  try {
    return await startGateway({ port, bundles: BUNDLES, settings: vod.settings, hooks });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const reason = REASONS[code];
    if (reason === undefined) throw cause;
    throw new Error(`Port ${port} ${reason}. Set PORT to another one.`, { cause });
  }
}

function announce(origin: string, vod: VodTarget, stdout: Output): void {
  const assetId = vod.standIn ? SEEDED_ASSET_ID : 'ASSET_ID';
  stdout.write(`Ready on ${origin} - try: curl -X DELETE ${origin}/assets/${assetId}/transcode-task\n`);
  stdout.write(`Console on ${origin}/\n`);
  if (vod.standIn === undefined) return;
  stdout.write(`Embedded VOD on ${vod.standIn.origin} with these assets:\n`);
  for (const [seededId, { about }] of Object.entries(SEEDED_ASSETS)) stdout.write(`  ${seededId}  ${about}\n`);
}

/** Resolves at the first signal. Later ones are ignored, because npm repeats the Ctrl-C of the terminal. */
function stopSignal(io: Io): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) io.on(signal, () => resolve());
  });
}

export const main = command('start', { usage: USAGE, options: STAND_IN_OPTION }, async (io, values) => {
  const stopped = stopSignal(io);
  const port = readPort(io.env['PORT']);
  await buildWhenOld();
  const vod = await openVod(io.env, values);
  if (vod.notice !== undefined) io.stderr.write(`${vod.notice}\n`);
  const page = openConsole(vod, io.env);
  let gateway: Gateway | undefined;
  try {
    gateway = await openGateway(port, vod, page);
    announce(gateway.origin, vod, io.stdout);
    await stopped;
    return 0;
  } finally {
    page.close();
    await gateway?.close();
    await vod.close();
  }
});

await runIfMain(import.meta, main);
