import { parseArgs } from 'node:util';
import { CommandError, runCommand } from './command.ts';
import { isWrappingName, WRAPPINGS } from './emit/wrap.ts';
import { readPort } from './port.ts';

const DEFAULT_PORT = 8080;

const USAGE = `npm run emit -- <asset_id> [--as SOURCE] [--superseded-by ID] [--not-after TIME]

Sends one event that says "this asset has been superseded" to the gateway of npm start (PORT, default ${DEFAULT_PORT}) and
prints what cancel-superseded made of it. Exit status 0 when it resolved, 1 when it threw.

SOURCE wraps the message as a platform would; default cloudevents, as CloudEvents over HTTP. One of:
  ${Object.keys(WRAPPINGS).join(', ')}
`;

interface Arguments {
  readonly message: string;
  readonly source: keyof typeof WRAPPINGS;
}

/** @throws CommandError when the command line is not as the usage says; undefined when it asks for the usage */
function readArguments(): Arguments | undefined {
  const { values, positionals } = parse();
  if (values.help) return undefined;
  const [assetId, ...more] = positionals;
  if (assetId === undefined || more.length > 0) throw new CommandError(`expected one asset id\n\n${USAGE}`);
  if (!isWrappingName(values.as)) throw new CommandError(`there is no source of that name\n\n${USAGE}`);
  const { 'superseded-by': superseded_by, 'not-after': not_after } = values;
  return { message: JSON.stringify({ asset_id: assetId, superseded_by, not_after }), source: values.as };
}

function parse() {
  try {
    return parseArgs({
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

async function send({ message, source }: Arguments, port: number): Promise<Response> {
  const type = source.startsWith('cloudevents') ? 'application/cloudevents+json' : 'application/json';
  try {
    return await fetch(`http://127.0.0.1:${port}/events`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(WRAPPINGS[source].wrap(message)),
    });
  } catch (cause) {
    throw new CommandError(`no gateway answers on port ${port}; run npm start in another terminal.`, { cause });
  }
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const response = await send(given, readPort(process.env['PORT'], DEFAULT_PORT));
  process.stdout.write(`${JSON.stringify(await response.json(), undefined, 2)}\n`);
  return response.ok ? 0 : 1;
}

await runCommand('emit', main);
