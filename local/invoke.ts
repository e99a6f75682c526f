import { command, runIfMain } from '../scripts/command.ts';
import { BUNDLES, buildWhenOld } from './bundles.ts';
import { captureStdout } from './capture-stdout.ts';
import { toApigEvent } from './gateway/event.ts';
import { loadFunction } from './gateway/function.ts';
import { newRequestId } from './request-id.ts';
import { openVod, STAND_IN_OPTION } from './vod-target.ts';

const USAGE = `npm run invoke -- <asset_id> [--stand-in]

Cancels the queued transcode task of one asset with the built cancel-http and an embedded VOD stand-in, and prints the
CancelResult. If HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_PROJECT_ID, and VOD_REGION or VOD_ENDPOINT are set,
it calls that VOD. If only some are set, it ends with an error. --stand-in uses the stand-in in any case, and prints no line
about it. Exit status 0 if nothing is left to do, 1 otherwise.
`;

const STAND_IN_LINE = 'VOD stand-in, not Huawei Cloud: nothing real is cancelled. Use --stand-in to hide this line.\n';

const TIMEOUT_MS = 10_000;

const DONE_OUTCOMES: ReadonlySet<unknown> = new Set(['cancelled', 'not_queued', 'not_found', 'ignored']);

async function cancel(assetId: string, settings: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const invoke = await loadFunction(BUNDLES['cancel-http'], { userData: settings, timeoutMs: TIMEOUT_MS });
  const requestId = newRequestId();
  const target = `/assets/${encodeURIComponent(assetId)}/transcode-task`;
  const request = { method: 'DELETE', target, headers: { accept: 'application/json' }, body: Buffer.alloc(0) };
  const response = await invoke(toApigEvent(request, { asset_id: assetId }, requestId), requestId);
  const { body } = response as { readonly body: string };
  // A problem is a CancelResult with three members of RFC 9457.
  const { type: _type, title: _title, status: _status, ...result } = JSON.parse(body);
  return result;
}

const LINE = { usage: USAGE, options: STAND_IN_OPTION, count: 1 };

export const main = command('invoke', LINE, async (io, values, [assetId = '']) => {
  const vod = await openVod(io.env, values);
  if (vod.notice !== undefined) io.stderr.write(`${vod.notice}\n`);
  if (vod.standIn !== undefined && !values['stand-in']) io.stderr.write(STAND_IN_LINE);
  try {
    await buildWhenOld();
    // What the function logs goes to stderr, because stdout is for the result.
    const stop = captureStdout((line) => io.stderr.write(line), false);
    const result = await cancel(assetId, vod.settings).finally(stop);
    io.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return DONE_OUTCOMES.has(result['outcome']) ? 0 : 1;
  } finally {
    await vod.close();
  }
});

await runIfMain(import.meta, main);
