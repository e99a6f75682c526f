/**
 * A stand-in of the Terraform provider for Huawei Cloud. It speaks the plugin protocol to the real Terraform or OpenTofu, knows
 * the types of every argument from the provider's own schema, and makes up what the cloud would compute. It has no cloud
 * behind it: it shows that a configuration is whole and that a second plan is empty, not that Huawei takes it.
 */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Attribute, type BlockSchema, type NestedBlock, RESOURCES } from '../plugins/huawei/schema.ts';

type Values = Record<string, unknown>;

/** A value on the wire, in MessagePack. */
interface Dynamic {
  readonly msgpack: Uint8Array;
}

type Request = Readonly<Record<string, Dynamic>> & {
  readonly type_name: string;
  readonly raw_state: { readonly json: Buffer };
};

const PROVIDER: BlockSchema = { attributes: { region: { type: 'string', optional: true } } };

const NESTING = { single: 1, list: 2, set: 3 };

/** A value that only an apply makes known. */
class Unknown {}

const attributesOf = ({ attributes = {} }: BlockSchema): [string, Attribute][] => Object.entries(attributes);

const typesOf = ({ block_types: types = {} }: BlockSchema): [string, NestedBlock][] => Object.entries(types);

const toWire = (block: BlockSchema): object => ({
  attributes: attributesOf(block).map(([name, { type, required, optional, computed, sensitive }]) => ({
    ...{ name, required, optional, computed, sensitive },
    type: Buffer.from(JSON.stringify(type)),
  })),
  block_types: typesOf(block).map(([name, nested]) => ({
    type_name: name,
    nesting: NESTING[nested.nesting_mode],
    min_items: nested.min_items,
    max_items: nested.max_items,
    block: toWire(nested.block),
  })),
});

/** Calls `change` for every attribute of a value and of the blocks inside of it. */
function walk(
  block: BlockSchema,
  values: Values,
  change: (values: Values, name: string, attribute: Attribute) => void,
): Values {
  for (const [name, attribute] of attributesOf(block)) change(values, name, attribute);
  for (const [name, { block: inner }] of typesOf(block))
    for (const nested of [values[name] ?? []].flat())
      if (!(nested instanceof Unknown)) walk(inner, nested as Values, change);
  return values;
}

/** What the cloud might compute: anything of the right type. */
function sample(type: unknown): unknown {
  if (!Array.isArray(type)) return type === 'number' ? 1 : type === 'bool' ? true : 'x';
  const [kind, of] = type as [string, Record<string, unknown>];
  if (kind === 'object') return Object.fromEntries(Object.entries(of).map(([name, inner]) => [name, sample(inner)]));
  return kind === 'map' ? {} : [sample(of)];
}

/** In the form of a function's, so that expressions which cut one have something to cut. */
const newId = (): string => `urn:fss:region:project:function:default:${randomUUID()}:latest`;

interface Codec {
  readonly encode: (value: unknown, options: object) => Uint8Array;
  readonly decode: (bytes: Uint8Array, options: object) => unknown;
  readonly ExtensionCodec: new () => { register(extension: object): void };
}

/** The calls of the protocol, by name. */
function calls({ encode, decode, ExtensionCodec }: Codec): Readonly<Record<string, (request: Request) => object>> {
  const extensionCodec = new ExtensionCodec();
  const [marker, unknown] = [new Uint8Array([0]), new Unknown()];
  extensionCodec.register({
    type: 0,
    encode: (value: unknown) => (value instanceof Unknown ? marker : null),
    decode: () => unknown,
  });
  const write = (value: unknown): Dynamic => ({ msgpack: encode(value, { extensionCodec }) });
  const read = (value: Dynamic | undefined) => decode(value?.msgpack ?? marker, { extensionCodec }) as Values | null;
  const blockOf = (request: Request): BlockSchema => RESOURCES[request.type_name]?.block ?? {};

  return {
    GetSchema: () => ({
      provider: { block: toWire(PROVIDER) },
      resource_schemas: Object.fromEntries(
        Object.entries(RESOURCES).map(([type, { block }]) => [type, { block: toWire(block) }]),
      ),
    }),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure: () => ({}),
    ValidateResourceTypeConfig: () => ({}),
    ValidateDataSourceConfig: () => ({}),
    UpgradeResourceState: ({ raw_state }) => ({ upgraded_state: write(JSON.parse(String(raw_state.json))) }),
    ReadResource: ({ current_state }) => ({ new_state: current_state }),
    PlanResourceChange: (request) => {
      const [prior, proposed] = [read(request['prior_state']), read(request['proposed_new_state'])];
      if (proposed === null || prior !== null)
        return {
          planned_state: request['proposed_new_state'],
          legacy_type_system: true,
          requires_replace: attributesOf(blockOf(request))
            .filter(([name, { force_new }]) => force_new && proposed && prior?.[name] !== proposed[name])
            .map(([name]) => ({ steps: [{ attribute_name: name }] })),
        };
      walk(blockOf(request), proposed, (values, name, { computed }) => {
        if (computed && values[name] === null) values[name] = unknown;
      });
      return { planned_state: write(proposed), legacy_type_system: true };
    },
    ApplyResourceChange: (request) => {
      const planned = read(request['planned_state']);
      if (planned === null) return { new_state: request['planned_state'] };
      walk(blockOf(request), planned, (values, name, { type }) => {
        if (values[name] instanceof Unknown) values[name] = name === 'id' ? newId() : sample(type);
      });
      return { new_state: write(planned), legacy_type_system: true };
    },
    ReadDataSource: ({ config }) => ({ state: config }),
    Stop: () => ({}),
  };
}

interface Grpc {
  readonly Server: new (
    options: object,
  ) => {
    addService(service: unknown, handlers: object): void;
    bindAsync(address: string, credentials: unknown, done: (error: Error | null) => void): void;
    forceShutdown(): void;
  };
  readonly ServerCredentials: { createInsecure(): unknown };
  loadPackageDefinition(definition: unknown): {
    readonly tfplugin5: { readonly Provider: { readonly service: unknown } };
  };
}

export interface ProviderStandIn {
  /** For `TF_REATTACH_PROVIDERS`, with which an engine takes a provider that runs already. */
  readonly reattach: string;
  close(): void;
}

/**
 * Starts the stand-in with the packages of `tools/`.
 *
 * @param socket - where to listen
 */
export async function startProvider(socket: string): Promise<ProviderStandIn> {
  const load = createRequire(join(import.meta.dirname, 'tools/package.json'));
  const grpc = load('@grpc/grpc-js') as Grpc;
  const { loadSync } = load('@grpc/proto-loader') as { loadSync: (path: string, options: object) => unknown };
  const proto = loadSync(join(import.meta.dirname, 'provider.proto'), { keepCase: true, longs: Number });
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  const handlers = Object.entries(calls(load('@msgpack/msgpack') as Codec)).map(([name, answer]) => [
    name,
    ({ request }: { request: Request }, done: (error: unknown, answer?: object) => void) => {
      try {
        done(null, answer(request));
      } catch (error) {
        done(error);
      }
    },
  ]);
  server.addService(grpc.loadPackageDefinition(proto).tfplugin5.Provider.service, Object.fromEntries(handlers));
  await new Promise<void>((listening, failed) => {
    server.bindAsync(`unix:${socket}`, grpc.ServerCredentials.createInsecure(), (error) =>
      error === null ? listening() : failed(error),
    );
  });
  const attached = {
    Protocol: 'grpc',
    ProtocolVersion: 5,
    Pid: process.pid,
    Test: true,
    Addr: { Network: 'unix', String: socket },
  };
  const hosts = ['registry.terraform.io', 'registry.opentofu.org'];
  const names = hosts.map((host) => [`${host}/huaweicloud/huaweicloud`, attached]);
  return { reattach: JSON.stringify(Object.fromEntries(names)), close: () => server.forceShutdown() };
}
