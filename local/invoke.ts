import { BUNDLES, buildWhenOld } from './bundles.ts';
import { CommandError, readArguments, runCommand } from './command.ts';
import { toApigEvent } from './gateway/event.ts';
import { loadFunction } from './gateway/function.ts';
import { newRequestId } from './request-id.ts';
import { openVod } from './vod-target.ts';

const USAGE = `npm run invoke -- <asset_id>

Cancels the queued transcode task of one asset through the built cancel-http, against an embedded VOD stand-in, and
prints the CancelResult. With HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_PROJECT_ID and VOD_REGION or
VOD_ENDPOINT set it talks to that VOD instead. Exit status 0 when nothing is left to do, 1 otherwise.
`;

const TIMEOUT_MS = 10_000;

const DONE_OUTCOMES: ReadonlySet<unknown> = new Set(['cancelled', 'not_queued', 'not_found', 'ignored']);

/** A problem is a CancelResult with three members of RFC 9457's on top. */
function toCancelResult(body: string): Record<string, unknown> {
  const { type: _type, title: _title, status: _status, ...result } = JSON.parse(body) as Record<string, unknown>;
  return result;
}

/** @returns the body of the function's response */
async function cancel(assetId: string, settings: Readonly<Record<string, string>>): Promise<string> {
  const invoke = await loadFunction(BUNDLES.cancelHttp, { userData: settings, timeoutMs: TIMEOUT_MS });
  if (invoke === undefined) throw new CommandError('cancel-http has not been built.');
  const requestId = newRequestId();
  const target = `/assets/${encodeURIComponent(assetId)}/transcode-task`;
  const request = { method: 'DELETE', target, headers: { accept: 'application/json' }, body: Buffer.alloc(0) };
  const response = await invoke(toApigEvent(request, { asset_id: assetId }, requestId), requestId);
  if (typeof response !== 'object' || response === null || !('body' in response) || typeof response.body !== 'string') {
    throw new CommandError('cancel-http did not return a response.');
  }
  return response.body;
}

async function main(): Promise<number> {
  const { help, positionals } = readInvocation();
  const [assetId] = positionals;
  if (help || assetId === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  // Stdout is for the result alone, so what the function logs goes to stderr.
  const print = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  await buildWhenOld();
  const vod = await openVod(process.env);
  if (vod.notice !== undefined) process.stderr.write(`${vod.notice}\n`);
  try {
    const result = toCancelResult(await cancel(assetId, vod.settings));
    print(`${JSON.stringify(result, undefined, 2)}\n`);
    return DONE_OUTCOMES.has(result['outcome']) ? 0 : 1;
  } finally {
    await vod.close();
  }
}

function readInvocation(): { help: boolean; positionals: string[] } {
  try {
    return readArguments(process.argv.slice(2), 1);
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : ''}\n\n${USAGE}`, { cause });
  }
}

await runCommand('invoke', main);
