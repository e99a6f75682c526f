/** Checks resources against the schema of the Terraform provider, which itself lets most faults pass. */

import { type Attribute, type BlockSchema, RESOURCES, RFS } from '../plugins/huawei/schema.ts';
import type { Block, Resource } from './configuration.ts';

/** What Terraform itself reads in a resource. */
const META = new Set(['depends_on', 'for_each', 'count', 'lifecycle', 'provider', 'dynamic']);

/** Values that are an expression are not known here. */
const isExpression = (value: unknown): boolean =>
  typeof value === 'string' && /[$%]\{/.test(value.replaceAll(/[$%]{2}\{/g, ''));

function valueFaults(attribute: Attribute, value: unknown): string[] {
  if (isExpression(value)) return [];
  if (Array.isArray(value)) return Array.isArray(attribute.type) ? [] : ['is a list'];
  const kind = attribute.type === 'bool' ? 'boolean' : attribute.type;
  const [number, text] = [Number(value), String(value)];
  const listed = [attribute.values, attribute.doc_values_open ? undefined : attribute.doc_values, attribute.sdk_values];
  return [
    typeof value !== kind && 'is of another type',
    ...listed.map((values) => values !== undefined && !values.includes(value) && `is none of ${values.join(', ')}`),
    attribute.doc_min !== undefined && number < attribute.doc_min && `is below ${attribute.doc_min}`,
    attribute.doc_max !== undefined && number > attribute.doc_max && `is above ${attribute.doc_max}`,
    attribute.doc_min_length !== undefined && text.length < attribute.doc_min_length && 'is too short',
    attribute.doc_max_length !== undefined && text.length > attribute.doc_max_length && 'is too long',
    attribute.doc_pattern !== undefined && !new RegExp(attribute.doc_pattern).test(text) && 'does not match',
  ].filter((fault) => typeof fault === 'string');
}

/** Nested blocks, also those that `dynamic` makes. */
function nestedBlocks(body: Block): [name: string, blocks: readonly Block[]][] {
  const dynamic = Object.entries((body['dynamic'] ?? {}) as Record<string, { content: Block[] }[]>);
  return [
    ...Object.entries(body).map(([name, value]): [string, Block[]] => [name, [value].flat() as Block[]]),
    ...dynamic.map(([name, blocks]): [string, Block[]] => [name, blocks.flatMap(({ content }) => content)]),
  ];
}

function groupFaults(name: string, rules: Omit<Attribute, 'type'>, given: ReadonlySet<string>): string[] {
  const { conflicts_with: conflicts = [], required_with: required = [], exactly_one_of: one } = rules;
  return [
    ...conflicts.filter((other) => given.has(name) && given.has(other)).map((other) => `goes not with ${other}`),
    ...required.filter((other) => given.has(name) && !given.has(other)).map((other) => `needs ${other}`),
    ...(one !== undefined && [name, ...one].filter((other) => given.has(other)).length === 0
      ? ['or another is missing']
      : []),
  ];
}

/** Returns a line for each fault of a block, with its path. */
function blockFaults({ attributes = {}, block_types: types = {} }: BlockSchema, body: Block, path: string): string[] {
  const nested = nestedBlocks(body);
  const given = new Set(nested.map(([name]) => name));
  const unknown = [...given].filter((name) => !(META.has(name) || name in attributes || name in types));
  const missing = Object.entries(attributes).filter(
    ([name, { required, doc_flags: flags, exactly_one_of: others = [] }]) => {
      const needed = required || flags?.includes('required');
      return needed && ![name, ...others].some((one) => given.has(one));
    },
  );
  const computed = [...given].filter(
    (name) => name in attributes && !attributes[name]?.required && !attributes[name]?.optional,
  );
  return [
    ...unknown.map((name) => `${path}.${name} is not in the schema`),
    ...missing.map(([name]) => `${path}.${name} is missing`),
    ...computed.map((name) => `${path}.${name} cannot be set`),
    ...Object.entries({ ...attributes, ...types }).flatMap(([name, rules]) => [
      ...groupFaults(name, rules, given).map((fault) => `${path}.${name} ${fault}`),
      ...(given.has(name) && rules.deprecated ? [`${path}.${name} is deprecated`] : []),
    ]),
    ...Object.entries(attributes).flatMap(([name, attribute]) =>
      given.has(name) ? valueFaults(attribute, body[name]).map((fault) => `${path}.${name} ${fault}`) : [],
    ),
    ...Object.entries(types).flatMap(([name, type]) => {
      const blocks = nested.filter(([other]) => other === name).flatMap(([, list]) => list);
      const count = type.nesting_mode === 'single' ? 1 : blocks.length;
      return [
        ...((type.min_items ?? 0) > count ? [`${path}.${name} is missing`] : []),
        ...((type.max_items || Number.POSITIVE_INFINITY) < count ? [`${path}.${name} is there too often`] : []),
        ...blocks.flatMap((block) => blockFaults(type.block, block, `${path}.${name}`)),
      ];
    }),
  ];
}

/** Returns a line for each fault of a resource. */
export function resourceFaults({ type, name, body }: Resource): string[] {
  const path = `${type}.${name}`;
  // Terraform's own, of one argument.
  if (type === 'terraform_data') return Object.keys(body).some((key) => key !== 'input') ? [`${path} takes input`] : [];
  const known = RESOURCES[type];
  return known === undefined
    ? [`${path} is of a type that is not in the schema`]
    : blockFaults(known.block, body, path);
}

/** Paths of all arguments and blocks of a body. */
const pathsOf = (body: Block, prefix = ''): string[] =>
  nestedBlocks(body).flatMap(([name, blocks]) => [
    `${prefix}${name}`,
    ...blocks.flatMap((block) => (typeof block === 'object' ? pathsOf(block, `${prefix}${name}.`) : [])),
  ]);

/** What the resources use and the provider of RFS does not have, as far as its version is known. */
export function missingInRfs(resources: readonly Resource[]): string[] {
  const { missing_resources: types, missing_paths: paths } = RFS;
  const used = resources.flatMap(({ type, body }) => {
    if (types.includes(type)) return [type];
    return pathsOf(body)
      .filter((path) => paths[type]?.includes(path))
      .map((path) => `${type}.${path}`);
  });
  const all = [...new Set(used)].sort();
  // What is inside of a block that is missing says nothing more.
  return all.filter((path) => !all.some((outer) => path.startsWith(`${outer}.`)));
}
