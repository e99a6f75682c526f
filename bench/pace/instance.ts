import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { VirtualClock } from './clock.ts';
import type { Vod } from './vod.ts';

const require = createRequire(import.meta.url);

/** Globals of a bundle that the simulation replaces. */
const REPLACED = ['process', 'Date', 'Math', 'performance', 'setTimeout', 'clearTimeout', 'setImmediate'] as const;

type Evaluate = (...args: readonly unknown[]) => void;

const compiled = new Map<string, Evaluate>();

function compile(path: string): Evaluate {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const params = ['module', 'exports', 'require', ...REPLACED];
  const evaluate = compileFunction(readFileSync(path, 'utf8'), params, { filename: path }) as Evaluate;
  compiled.set(path, evaluate);
  return evaluate;
}

export interface InstanceOptions {
  readonly name: string;
  readonly clock: VirtualClock;
  readonly vod: Vod;
  readonly random: () => number;
  readonly environment: Readonly<Record<string, string>>;
}

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/**
 * Starts an instance of a function: evaluates its bundle afresh, as it is deployed, with the clock, the timers, the
 * chance, the way to VOD and the standard output of the simulation.
 *
 * @param path - of a built bundle
 */
export function startInstance(path: string, { name, clock, vod, random, environment }: InstanceOptions): Handler {
  const module = { exports: {} as { handler: Handler } };
  const { setTimeout, clearTimeout } = clock;
  const setImmediate = (ring: (...args: unknown[]) => void, ...args: unknown[]) => setTimeout(ring, 0, ...args);
  const timers = { setTimeout, clearTimeout, setImmediate };
  const request = (options: { readonly path: string }) => vod.request(name, options);
  const modules: Readonly<Record<string, object>> = {
    'node:timers': timers,
    'node:http': { ...require('node:http'), request },
    'node:https': { ...require('node:https'), request },
  };
  const globals: Readonly<Record<(typeof REPLACED)[number], unknown>> = {
    ...timers,
    process: {
      env: { VOD_REGION: 'cn-north-4', ...KEY, ...environment },
      hrtime: () => [Math.floor(clock.now() / 1_000), (clock.now() % 1_000) * 1e6],
      stdout: { write: () => true },
    },
    Date: class extends Date {
      constructor(...args: []) {
        super(...((args.length > 0 ? args : [clock.now()]) as []));
      }
      static override now = () => clock.now();
    },
    performance: { now: clock.now },
    Math: Object.create(Math, { random: { value: random } }),
  };
  const requireOf = (id: string): unknown => modules[id] ?? require(id);
  compile(path)(module, module.exports, requireOf, ...REPLACED.map((global) => globals[global]));
  return module.exports.handler;
}

const KEY = {
  HUAWEICLOUD_SDK_AK: 'SIMULATEDKEY',
  HUAWEICLOUD_SDK_SK: 'not-a-real-secret',
  HUAWEICLOUD_SDK_PROJECT_ID: '0123456789abcdef0123456789abcdef',
};
