import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ASSET_ID as ID } from '../helpers/contexts.ts';
import { GATEWAY_EVENTS } from '../helpers/http-events.ts';
import { OBJECT_WRAPPINGS, WRAPPINGS } from '../helpers/wrappings.ts';

/** The letters of one hostile text. */
const LENGTH = 100_000;

const TRACEPARENT = `00-${ID}-00f067aa0ba902b7-01`;

const EVENTS = new URL('../events/', import.meta.url);

/** What comes in from outside, in every layout there is. */
export const SAMPLES: readonly unknown[] = [
  ...readdirSync(EVENTS)
    .filter((file) => file.endsWith('.json'))
    .map((file): unknown => JSON.parse(readFileSync(new URL(file, EVENTS), 'utf8'))),
  ...Object.values(GATEWAY_EVENTS).map((event) =>
    event({ method: 'POST', headers: { traceparent: TRACEPARENT }, body: JSON.stringify({ asset_id: ID }) }),
  ),
  ...Object.values(WRAPPINGS).map(({ wrap }) =>
    wrap(JSON.stringify({ asset_ids: [ID], not_after: '2999-01-01T00:00:00Z' })),
  ),
  ...Object.values(OBJECT_WRAPPINGS).map((wrap) => wrap(`superseded/${ID}`)),
  { ...(WRAPPINGS.cloudevents.wrap(ID) as object), traceparent: TRACEPARENT },
  { type: 'REQUEST', methodArn: 'arn', httpMethod: 'DELETE', resource: '/', pathParameters: { asset_id: ID } },
];

/** What a pattern or a parser may stumble over when there is very much of it. */
const UNITS = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\0',
    '\u0085',
    '\uFEFF',
    '\u3000',
    '\uD800',
    'é',
    '0',
    '1',
    'a',
    'A',
    'f',
    '-',
    '=',
    '.',
  ],
  ...[
    '+',
    '/',
    '%',
    '%2',
    '%20',
    '%E4',
    '\\',
    '"',
    '\\"',
    '[',
    '{',
    '{"a":',
    '[{',
    '},',
    ',',
    ':',
    '&',
    'asset_id=',
    'a ',
  ],
  ...[`"${ID}",`, 'superseded/', 'ObjectCreated:', 'QQ==', '-0', '00-', ' -', '1.', '[],', '{},', '"",', '\u001B[0m'],
];

const BEGINS = [
  ...[
    '',
    ' ',
    '"',
    '[',
    '[[',
    '{',
    '{"asset_id":"',
    '{"asset_ids":["',
    '{"asset_ids":[',
    '{"messages":[',
    `{"asset_id":"${ID}"`,
  ],
  ...[
    TRACEPARENT,
    `${TRACEPARENT}-`,
    '2026-03-01T12:00:00.',
    '2026-03-01T12:00:00',
    's3:',
    'OBS:DWR:',
    'superseded/',
    ID,
  ],
  ...['\0\0\0\0\u0001{', '\u0003\0', '{"specversion":"1.0","type":"vod.upload.superseded","data":"', 'asset_id='],
];

const ENDS = ['', '\n', 'x', '!', ' x', '"', '"}', '"]}', ']', '}', ']}', 'Z', '=', '==', '\0x', `${ID}"]}`];

const text = fc
  .tuple(fc.constantFrom(...BEGINS), fc.constantFrom(...UNITS), fc.constantFrom(...ENDS))
  .map(([begin, unit, end]) => `${begin}${unit.repeat(Math.ceil(LENGTH / unit.length))}${end}`);

const depth = fc.integer({ min: 1, max: 2_000 });

function nested(levels: number, wrap: (inner: unknown) => unknown, inner: unknown): unknown {
  return Array.from({ length: levels }).reduce<unknown>((value) => wrap(value), inner);
}

const wrongType = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, '', [], {}, [null], [[]], { length: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(...SAMPLES),
);

const nesting = fc.oneof(
  depth.map((levels) => nested(levels, (inner) => [inner], ID)),
  depth.map((levels) => nested(levels, (inner) => ({ Records: [inner] }), ID)),
  fc.constantFrom('[', '{"a":', '{"Records":[').map((unit) => unit.repeat(LENGTH / 2)),
  fc
    .constantFrom(['[', ']'], ['{"a":', '}'])
    .map(([open = '', close = '']) => `${open.repeat(20_000)}1${close.repeat(20_000)}`),
  // Each time it is quoted the backslashes in it double.
  fc.integer({ min: 1, max: 14 }).map((times) => nested(times, (inner) => JSON.stringify(inner), ID)),
  fc
    .array(fc.constantFrom(...Object.values(WRAPPINGS)), { minLength: 1, maxLength: 7 })
    .map((wrappings) => wrappings.reduce((inner, { wrap }) => JSON.stringify(wrap(inner)), ID)),
  fc
    .integer({ min: 1, max: 2_500 })
    .map((count) => Array.from({ length: count }, (_, index) => `${index}`.padStart(32, '0'))),
);

const encoded = fc
  .oneof(text, nesting)
  .map((value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64'));

const hostile: fc.Arbitrary<unknown> = fc.oneof({ weight: 4, arbitrary: text }, nesting, encoded, wrongType);

type Path = readonly string[];

/** Members of the samples; what a change has nested deeper is left as it is. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || at.length === 8) return [at];
  return [at, ...Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...at, name]))];
}

/** A copy of a value that has another one at a path, or under another name. */
function replaced(value: unknown, [name, ...rest]: Path, by: unknown, rename: string | undefined): unknown {
  if (name === undefined || typeof value !== 'object' || value === null) return by;
  const members = Object.entries(value).map(([key, member]) =>
    key === name ? [rest.length === 0 ? (rename ?? key) : key, replaced(member, rest, by, rename)] : [key, member],
  );
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}

const change = fc.record({ at: fc.nat(), by: hostile, rename: fc.option(text, { freq: 12, nil: undefined }) });

/** A sample in which a few members are hostile, as JSON text. */
export const hostileEvent: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...SAMPLES), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([sample, changes]) =>
    JSON.stringify(
      changes.reduce<unknown>((event, { at, by, rename }) => {
        const paths = pathsIn(event);
        return replaced(event, paths[at % paths.length] ?? [], by, rename);
      }, sample),
    ),
  );
