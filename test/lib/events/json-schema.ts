import type * as v from 'valibot';

type Schema = v.GenericSchema;
type Json = Record<string, unknown>;

/** The parts of valibot's schemas that are read here; which of them a schema has depends on its type. */
interface Parts {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly item?: Schema;
  readonly wrapped?: Schema;
  readonly pipe?: readonly [Schema, ...Parts[]];
  readonly requirement?: unknown;
  readonly metadata?: Json;
  readonly title?: string;
  readonly description?: string;
}

const TYPES: Readonly<Record<string, (parts: Parts) => Json>> = {
  string: () => ({ type: 'string' }),
  array: ({ item }) => ({ type: 'array', ...(item && { items: toJsonSchema(item) }) }),
  optional: ({ wrapped }) => (wrapped ? toJsonSchema(wrapped) : {}),
  loose_object: ({ entries = {} }) => ({
    type: 'object',
    properties: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, toJsonSchema(entry)])),
  }),
};

const ACTIONS: Readonly<Record<string, (parts: Parts, type: unknown) => Json>> = {
  min_length: ({ requirement }, type) => ({ [type === 'array' ? 'minItems' : 'minLength']: requirement }),
  max_length: ({ requirement }, type) => ({ [type === 'array' ? 'maxItems' : 'maxLength']: requirement }),
  metadata: ({ metadata = {} }) => metadata,
  title: ({ title }) => ({ title }),
  description: ({ description }) => ({ description }),
  // A check is code; what JSON Schema can say of it stands in the metadata beside it.
  check: () => ({}),
};

/**
 * JSON Schema of what a valibot schema takes, for the few kinds of schema used here.
 *
 * @throws TypeError - where the schema has a part that is not known, as leaving it out would loosen the result
 */
export function toJsonSchema(schema: Schema): Json {
  const parts = schema as unknown as Parts;
  const [first, ...actions] = parts.pipe ?? [];
  if (first === undefined) return known(TYPES, parts.type)(parts);
  const base = known(TYPES, parts.type)(parts);
  return Object.assign({}, base, ...actions.map((action) => known(ACTIONS, action.type)(action, base['type'])));
}

function known<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry {
  const entry = table[name];
  if (entry === undefined) throw new TypeError(`no JSON Schema is known for ${name}`);
  return entry;
}
