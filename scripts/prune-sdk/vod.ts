import { compileFunction } from 'node:vm';

/** The calls of this project. The bundle has no others, so add a new one here first. */
const CALLED: readonly string[] = ['cancelAssetTranscodeTask', 'listAssetList'];

/** The parameters that this project sets. */
const SET: readonly string[] = ['assetId', 'withAssetId'];

type Members = Readonly<Record<string, unknown>>;

/** The part of VodClient.js that this file reads. */
interface VodClientModule {
  readonly VodClient: Members & { readonly prototype: Members };
  readonly ParamCreater: () => Members;
}

/**
 * Removes unused methods from VodClient.js, with the requests and the builder that only they need.
 *
 * No JavaScript is parsed. The module runs without its imports, which it uses only in methods. The engine returns the
 * exact source of each function (`toString()`). That text, with the assignment around it, must occur exactly once.
 * Otherwise the build fails.
 */
export function editVodClient(source: string, file: string): string {
  const { VodClient, ParamCreater } = run(source) as unknown as VodClientModule;
  const params = ParamCreater();
  for (const name of CALLED) {
    if (!(name in VodClient.prototype && name in params)) throw new Error(`${file} has no method ${name} any more`);
  }
  return withoutUnusedRequires(
    without(source, file, [
      ...uncalled(VodClient).map(([name, text]) => `VodClient.${name} = ${text};`),
      ...uncalled(VodClient.prototype).map(([name, text]) => `VodClient.prototype.${name} = ${text};`),
      ...uncalled(params).map(([name, text]) => `${name}: ${text},`),
    ]),
  );
}

/** A method or an accessor. Only its text is used. */
interface Descriptor {
  readonly value?: unknown;
  readonly get?: unknown;
  readonly set?: unknown;
}

/** Removes unused parameters from a request's class, in the same way. */
export function editRequest(source: string, file: string): string {
  const [, name = ''] = /(\w+)\.js$/.exec(file) ?? [];
  const { prototype } = run(source)[name] as { readonly prototype: object };
  const descriptors: Readonly<Record<string, Descriptor>> = Object.getOwnPropertyDescriptors(prototype);
  const unset = Object.entries(descriptors).filter(([member]) => member !== 'constructor' && !SET.includes(member));
  const removals = unset.map(([member, { value, get, set }]) =>
    typeof value === 'function'
      ? `${name}.prototype.${member} = ${String(value)};`
      : `Object.defineProperty(${name}.prototype, "${member}", {
        get: ${String(get)},
        set: ${String(set)},
        enumerable: false,
        configurable: true
    });`,
  );
  return without(source, file, removals);
}

function run(source: string): Members {
  const exports = {};
  compileFunction(source, ['exports', 'require'])(exports, () => ({}));
  return exports;
}

function uncalled(functions: Members): (readonly [name: string, text: string])[] {
  return Object.entries(functions)
    .filter(([name, value]) => typeof value === 'function' && !CALLED.includes(name))
    .map(([name, value]) => [name, String(value)]);
}

function without(source: string, file: string, removals: readonly string[]): string {
  return removals.reduce((text, removal) => replaceExactly(text, removal, '', file), source);
}

/** TypeScript writes an import as `var X_1 = require("./model/X");`, and a use of it as `X_1.X`. */
function withoutUnusedRequires(source: string): string {
  return source.replace(/^var (\w+) = require\("[^"]+"\);$/gm, (statement, local: string) =>
    new RegExp(String.raw`\b${local}\.`).test(source) ? statement : '',
  );
}

/**
 * Replaces a text that must occur exactly once, so that no edit of the SDK's source fails silently.
 *
 * @param file - Name of the source, for the message.
 * @throws Error that says what to do, if the text is missing or ambiguous.
 */
function replaceExactly(source: string, from: string, to: string, file: string): string {
  const [before, after, ...more] = source.split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    const found = after === undefined ? 'does not have' : 'has more than once';
    throw new Error(
      `${file} ${found} the text ${JSON.stringify(from.slice(0, 100))}: ` +
        'the SDK has changed; read its source again and adapt scripts/prune-sdk',
    );
  }
  return before + to + after;
}
