import { command, type Io, runIfMain } from '../scripts/command.ts';
import { confirm } from './confirm.ts';
import {
  KEY_SOURCES,
  keyValues,
  MESSAGE_SOURCES,
  messageValues,
  type Source,
  sampleEvent,
} from './emit/sample-event.ts';
import { DEFAULT_PORT, readPort } from './port.ts';

const USAGE = `npm run emit -- <asset_id> [--as SOURCE] [--superseded-by ID] [--not-after TIME] [--yes]

Sends one event that says "this asset has been superseded" to the gateway of npm start (PORT, default ${DEFAULT_PORT}), and
prints the result of cancel-superseded. If the gateway calls the real VOD, it says so and asks first; --yes answers for you,
and is needed where stdin is not a terminal. Exit status 0 if the function resolved, 1 if it threw or nothing was sent.

SOURCE wraps the message as a platform does. Default: cloudevents, as CloudEvents over HTTP. One of:
  ${MESSAGE_SOURCES.join(', ')}
or, for an object with the key superseded/<asset_id> (the gateway's ASSET_ID_KEY_PATTERN matches it; a key cannot carry
--superseded-by or --not-after):
  ${KEY_SOURCES.join(', ')}
`;

const isOneOf = <Name extends Source>(names: readonly Name[], text: string): text is Name =>
  (names as readonly string[]).includes(text);

/** @throws Error if there is no such source, or if it cannot carry what the options say */
function eventOf(source: string, assetId: string, options: Readonly<Record<string, string | undefined>>): unknown {
  if (isOneOf(MESSAGE_SOURCES, source)) {
    const message = { asset_id: assetId, ...options };
    return sampleEvent(source, messageValues(JSON.stringify(message), message));
  }
  if (!isOneOf(KEY_SOURCES, source)) throw new Error(`unknown source "${source}"\n\n${USAGE}`);
  if (Object.values(options).some((value) => value !== undefined)) {
    throw new Error(`${source} carries only a key: it has no place for --superseded-by or --not-after`);
  }
  return sampleEvent(source, keyValues(`superseded/${assetId}`));
}

/** @throws Error if nothing answers */
async function ask(port: number, path: string, request: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(`http://127.0.0.1:${port}${path}`, request);
  } catch (cause) {
    throw new Error(`no gateway answers on port ${port}. Run npm start in another terminal, with the same PORT.`, {
      cause,
    });
  }
}

/** @throws Error if the gateway calls the real VOD and the user does not agree */
async function agreeToSend(port: number, yes: boolean, io: Io): Promise<void> {
  const response = await ask(port, '/console/vod');
  if (!response.ok) throw new Error(`the server on port ${port} is not the gateway of npm start.`);
  const { notice } = (await response.json()) as { readonly notice: string | null };
  if (notice === null) return;
  io.stderr.write(`${notice}\n`);
  if (!yes) await confirm('Send the event?', io);
}

const OPTIONS = {
  as: { type: 'string', default: 'cloudevents' },
  'superseded-by': { type: 'string' },
  'not-after': { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const;

export const main = command(
  'emit',
  { usage: USAGE, options: OPTIONS, count: 1 },
  async (io, values, [assetId = '']) => {
    const { as, yes, 'superseded-by': superseded_by, 'not-after': not_after } = values;
    const event = eventOf(as, assetId, { superseded_by, not_after });
    const port = readPort(io.env['PORT']);
    await agreeToSend(port, yes, io);
    const headers = { 'content-type': as === 'cloudevents' ? 'application/cloudevents+json' : 'application/json' };
    const response = await ask(port, '/events', { method: 'POST', headers, body: JSON.stringify(event) });
    io.stdout.write(`${JSON.stringify(await response.json(), undefined, 2)}\n`);
    return response.ok ? 0 : 1;
  },
);

await runIfMain(import.meta, main);
