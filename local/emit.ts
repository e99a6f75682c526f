import { command, type Io, runIfMain } from '../scripts/command.ts';
import { confirm } from './emit/confirm.ts';
import { isWrappingName, WRAPPINGS } from './emit/wrap.ts';
import { OBJECT_WRAPPINGS } from './emit/wrap-objects.ts';
import { readPort } from './port.ts';

const DEFAULT_PORT = 8080;

const USAGE = `npm run emit -- <asset_id> [--as SOURCE] [--superseded-by ID] [--not-after TIME] [--yes]

Sends one event that says "this asset has been superseded" to the gateway of npm start (PORT, default ${DEFAULT_PORT}), and
prints the result of cancel-superseded. If the gateway calls the real VOD, it says so and asks first; --yes answers for you,
and is needed where stdin is not a terminal. Exit status 0 if the function resolved, 1 if it threw or nothing was sent.

SOURCE wraps the message as a platform does. Default: cloudevents, as CloudEvents over HTTP. One of:
  ${Object.keys(WRAPPINGS).join(', ')}
or, for an object with the key superseded/<asset_id> (the gateway's ASSET_ID_KEY_PATTERN matches it; a key cannot carry
--superseded-by or --not-after):
  ${Object.keys(OBJECT_WRAPPINGS).join(', ')}
`;

interface Posting {
  /** Whether to send it to the real VOD without asking. */
  readonly sure: boolean;
  readonly event: unknown;
  readonly contentType: string;
}

interface Values {
  readonly as: string;
  readonly yes: boolean;
  readonly 'superseded-by'?: string;
  readonly 'not-after'?: string;
}

/** @throws Error if there is no such source, or if it cannot carry what the options say */
function toPosting(assetId: string, values: Values): Posting {
  const { as, yes: sure, 'superseded-by': superseded_by, 'not-after': not_after } = values;
  if (isObjectWrappingName(as)) {
    if (superseded_by !== undefined || not_after !== undefined) {
      throw new Error(`${as} carries only a key: it has no place for --superseded-by or --not-after`);
    }
    return { sure, event: OBJECT_WRAPPINGS[as](`superseded/${assetId}`), contentType: 'application/json' };
  }
  if (!isWrappingName(as)) throw new Error(`unknown source\n\n${USAGE}`);
  const event = WRAPPINGS[as].wrap(JSON.stringify({ asset_id: assetId, superseded_by, not_after }));
  return { sure, event, contentType: as === 'cloudevents' ? 'application/cloudevents+json' : 'application/json' };
}

const isObjectWrappingName = (name: string): name is keyof typeof OBJECT_WRAPPINGS =>
  Object.hasOwn(OBJECT_WRAPPINGS, name);

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

/** @returns the warning about the gateway's VOD, null if it is the stand-in */
async function noticeOf(port: number): Promise<string | null> {
  const response = await ask(port, '/console/vod');
  if (!response.ok) throw new Error(`the server on port ${port} is not the gateway of npm start.`);
  const { notice } = (await response.json()) as { readonly notice: string | null };
  return notice;
}

/** @throws Error if the gateway calls the real VOD and the user does not agree */
async function agreeToSend(port: number, sure: boolean, io: Io): Promise<void> {
  const notice = await noticeOf(port);
  if (notice === null) return;
  io.stderr.write(`${notice}\n`);
  if (!sure) await confirm('Send the event?', io);
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
    const { sure, event, contentType } = toPosting(assetId, values);
    const port = readPort(io.env['PORT'], DEFAULT_PORT);
    await agreeToSend(port, sure, io);
    const headers = { 'content-type': contentType };
    const response = await ask(port, '/events', { method: 'POST', headers, body: JSON.stringify(event) });
    io.stdout.write(`${JSON.stringify(await response.json(), undefined, 2)}\n`);
    return response.ok ? 0 : 1;
  },
);

await runIfMain(import.meta, main);
