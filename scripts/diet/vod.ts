import { compileFunction } from 'node:vm';
import { replaceExactly } from './edit.ts';

/** The calls that this project makes. The bundle has no others: add one here before making it. */
const CALLED: readonly string[] = ['cancelAssetTranscodeTask', 'listAssetList'];

/** What this project sets in the requests of these calls. */
const SET: readonly string[] = ['assetId', 'withAssetId'];

type Members = Readonly<Record<string, unknown>>;

/** The part of VodClient.js that is read here. */
interface VodClientModule {
  readonly VodClient: Members & { readonly prototype: Members };
  readonly ParamCreater: () => Members;
}

/**
 * Takes the methods nobody calls out of VodClient.js, and with them the requests and the builder that only they need.
 *
 * Nothing here parses JavaScript. The module is run without its imports, which it does not touch before a method is
 * called, and the engine gives back the exact source of each function (`toString()`). That text, with the assignment
 * around it, must be there exactly once, or the build fails.
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

/** A method, or an accessor; read for its text alone. */
interface Descriptor {
  readonly value?: unknown;
  readonly get?: unknown;
  readonly set?: unknown;
}

/** Takes the parameters that are never set out of a request's class, in the same way. */
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
