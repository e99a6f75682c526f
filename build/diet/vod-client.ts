import { compileFunction } from 'node:vm';
import { replaceExactly } from './edit.ts';

/** The methods of VodClient that this project calls. The bundle has no others: add one here before calling it. */
const CALLED: readonly string[] = ['cancelAssetTranscodeTask'];

type Functions = Readonly<Record<string, unknown>>;

/** The part of VodClient.js that is read here. */
interface VodClientModule {
  readonly VodClient: Functions & { readonly prototype: Functions };
  readonly ParamCreater: () => Functions;
}

/**
 * Takes the methods nobody calls out of VodClient.js, and with them the requests and the builder that only they need.
 *
 * Nothing here parses JavaScript. The module is run without its imports, which it does not touch before a method is
 * called, and the engine gives back the exact source of each function (`toString()`). That text, with the assignment
 * around it, must be there exactly once, or the build fails.
 */
export function editVodClient(source: string, file: string): string {
  const { VodClient, ParamCreater } = run(source);
  const params = ParamCreater();
  for (const name of CALLED) {
    if (!(name in VodClient.prototype && name in params)) throw new Error(`${file} has no method ${name} any more`);
  }
  const removals = [
    ...uncalled(VodClient).map(([name, text]) => `VodClient.${name} = ${text};`),
    ...uncalled(VodClient.prototype).map(([name, text]) => `VodClient.prototype.${name} = ${text};`),
    ...uncalled(params).map(([name, text]) => `${name}: ${text},`),
  ];
  return withoutUnusedRequires(removals.reduce((text, removal) => replaceExactly(text, removal, '', file), source));
}

function run(source: string): VodClientModule {
  const exports = {};
  compileFunction(source, ['exports', 'require'])(exports, () => ({}));
  return exports as VodClientModule;
}

function uncalled(functions: Functions): (readonly [name: string, text: string])[] {
  return Object.entries(functions)
    .filter(([name, value]) => typeof value === 'function' && !CALLED.includes(name))
    .map(([name, value]) => [name, String(value)]);
}

/** TypeScript writes an import as `var X_1 = require("./model/X");`, and a use of it as `X_1.X`. */
function withoutUnusedRequires(source: string): string {
  return source.replace(/^var (\w+) = require\("[^"]+"\);$/gm, (statement, local: string) =>
    new RegExp(String.raw`\b${local}\.`).test(source) ? statement : '',
  );
}
