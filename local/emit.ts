import { parseArgs } from 'node:util';
import { CommandError, command, runIfMain } from '../scripts/command.ts';
import { isWrappingName, WRAPPINGS } from './emit/wrap.ts';
import { OBJECT_WRAPPINGS } from './emit/wrap-objects.ts';
import { readPort } from './port.ts';

const DEFAULT_PORT = 8080;

const USAGE = `npm run emit -- <asset_id> [--as SOURCE] [--superseded-by ID] [--not-after TIME]

Sends one event that says "this asset has been superseded" to the gateway of npm start (PORT, default ${DEFAULT_PORT}) and
prints what cancel-superseded made of it. Exit status 0 when it resolved, 1 when it threw.

SOURCE wraps the message as a platform would; default cloudevents, as CloudEvents over HTTP. One of:
  ${Object.keys(WRAPPINGS).join(', ')}
or, for an object whose key is superseded/<asset_id> (the gateway's ASSET_ID_KEY_PATTERN takes it for one):
  ${Object.keys(OBJECT_WRAPPINGS).join(', ')}
`;

interface Posting {
  readonly event: unknown;
  readonly contentType: string;
}

/** @throws CommandError when the command line is not as the usage says; undefined when it asks for the usage */
function readPosting(argv: readonly string[]): Posting | undefined {
  const { values, positionals } = parse(argv);
  if (values.help) return undefined;
  const [assetId, ...more] = positionals;
  if (assetId === undefined || more.length > 0) throw new CommandError(`expected one asset id\n\n${USAGE}`);
  const { as, 'superseded-by': superseded_by, 'not-after': not_after } = values;
  if (isObjectWrappingName(as)) {
    return { event: OBJECT_WRAPPINGS[as](`superseded/${assetId}`), contentType: 'application/json' };
  }
  if (!isWrappingName(as)) throw new CommandError(`unknown source\n\n${USAGE}`);
  return {
    event: WRAPPINGS[as].wrap(JSON.stringify({ asset_id: assetId, superseded_by, not_after })),
    contentType: contentTypeOf(as),
  };
}

function contentTypeOf(as: string): string {
  if (!as.startsWith('cloudevents')) return 'application/json';
  return as === 'cloudevents-batch' ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
}

const isObjectWrappingName = (name: string): name is keyof typeof OBJECT_WRAPPINGS =>
  Object.hasOwn(OBJECT_WRAPPINGS, name);

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        as: { type: 'string', default: 'cloudevents' },
        'superseded-by': { type: 'string' },
        'not-after': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : ''}\n\n${USAGE}`, { cause });
  }
}

async function post({ event, contentType }: Posting, port: number): Promise<Response> {
  try {
    return await fetch(`http://127.0.0.1:${port}/events`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: JSON.stringify(event),
    });
  } catch (cause) {
    throw new CommandError(
      `no gateway answers on port ${port}; run npm start in another terminal, with the same PORT.`,
      { cause },
    );
  }
}

export const main = command('emit', async (argv, io) => {
  const posting = readPosting(argv);
  if (posting === undefined) {
    io.stdout.write(USAGE);
    return 0;
  }
  const response = await post(posting, readPort(io.env['PORT'], DEFAULT_PORT));
  io.stdout.write(`${JSON.stringify(await response.json(), undefined, 2)}\n`);
  return response.ok ? 0 : 1;
});

await runIfMain(import.meta, main);
