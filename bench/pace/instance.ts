import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { VirtualClock } from './clock.ts';
import type { Vod } from './vod.ts';

const require = createRequire(import.meta.url);

const SETTINGS = {
  VOD_REGION: 'cn-north-4',
  HUAWEICLOUD_SDK_AK: 'SIMULATEDKEY',
  HUAWEICLOUD_SDK_SK: 'not-a-real-secret',
  HUAWEICLOUD_SDK_PROJECT_ID: '0123456789abcdef0123456789abcdef',
  LOG_LEVEL: 'silent',
};

/** Each bundle is compiled once. The instances share its machine code, which makes the simulation much faster. */
const compiled = new Map<string, ReturnType<typeof compileFunction>>();

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/**
 * Starts an instance of a function: evaluates its bundle again, as it is deployed, with the clock, the timers, the random
 * numbers, the network to VOD and the standard output of the simulation.
 *
 * @param path - of a built bundle
 */
export function startInstance(
  path: string,
  name: string,
  { clock, vod, random }: { readonly clock: VirtualClock; readonly vod: Vod; readonly random: () => number },
  environment: Readonly<Record<string, string>>,
): Handler {
  const module = { exports: {} as { handler: Handler } };
  const { setTimeout, clearTimeout, now } = clock;
  const setImmediate = (callback: () => void, ...args: unknown[]) => setTimeout(callback, 0, ...args);
  const timers = { setTimeout, clearTimeout, setImmediate };
  const request = (options: { readonly path: string }) => vod.request(name, options.path);
  const modules: Readonly<Record<string, object>> = {
    'node:timers': timers,
    'node:http': { ...require('node:http'), request },
    'node:https': { ...require('node:https'), request },
  };
  /** The variables that the bundle finds in place of Node's. */
  const scope = {
    ...timers,
    module,
    exports: module.exports,
    require: (id: string): unknown => modules[id] ?? require(id),
    process: {
      env: { ...SETTINGS, ...environment },
      hrtime: () => [Math.floor(now() / 1_000), (now() % 1_000) * 1e6],
      stdout: { write: () => true },
    },
    Date: class extends Date {
      constructor(...args: []) {
        super(...((args.length > 0 ? args : [now()]) as []));
      }
      static override now = now;
    },
    performance: { now },
    Math: Object.create(Math, { random: { value: random } }),
  };
  const evaluate = compiled.get(path) ?? compileFunction(readFileSync(path, 'utf8'), Object.keys(scope));
  compiled.set(path, evaluate);
  evaluate(...Object.values(scope));
  return module.exports.handler;
}
