import type { GatewayHooks } from '../gateway/server.ts';
import type { VodTarget } from '../vod-target.ts';
import { FAULT_NAMES } from './actions.ts';
import { answerConsole } from './api.ts';
import { assetRules } from './assets-of.ts';
import { readAlong } from './capture.ts';
import { EventStreams } from './events.ts';
import { Feed } from './feed.ts';
import type { Message } from './messages.ts';
import { createScrub } from './redact.ts';
import { StandInState } from './state.ts';

/** The stand-in's states change with the clock, so they are polled. */
const LOOK_EVERY_MS = 250;

const KEEP_ALIVE_MS = 15_000;

/** Settings whose values are never sent. */
const SECRET_SETTINGS = ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SECURITY_TOKEN'];

/** The console of one gateway. Pass it to the gateway as its hooks. */
export interface Console extends GatewayHooks {
  /** Ends the streams, so that the gateway can close at once. */
  close(): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `cancel-superseded` takes a list of types. The console uses the first. */
function supersededType(env: Environment): string {
  const [first = ''] = (env['SUPERSEDED_EVENT_TYPES'] ?? '').split(',');
  return first.trim() || 'vod.upload.superseded';
}

/**
 * Opens the console. It reads the gateway's hooks, the log and the stand-in's record. Nothing is added to the
 * functions for it.
 *
 * @param env - environment whose keys must not be shown
 */
export function openConsole({ standIn, place, notice, settings }: VodTarget, env: Environment): Console {
  const streams = new EventStreams(createScrub(SECRET_SETTINGS.flatMap((name) => [settings[name], env[name]])));
  const sources = [settings, env].map((values) => (name: string) => values[name]);
  const feed = new Feed((message) => streams.send(message), assetRules(sources));
  const state = new StandInState(standIn);
  const hello: Message = [
    'hello',
    {
      vod: standIn === undefined ? 'real' : 'stand-in',
      place: place ?? null,
      superseded_type: supersededType(env),
      fault_names: FAULT_NAMES,
    },
  ];
  const look = (): void => {
    for (const message of streams.isWatched ? state.changes() : []) streams.send(message);
  };
  const stops = [
    readAlong((line) => feed.takeLine(line)),
    standIn?.subscribeToArrivals((call) => feed.takeArrival(call, standIn.calls)),
    standIn?.subscribe((call) => {
      feed.takeCall(call, standIn.calls);
      look();
    }),
    every(LOOK_EVERY_MS, look),
    every(KEEP_ALIVE_MS, () => streams.keepAlive()),
  ];
  const api = {
    standIn,
    notice: notice ?? null,
    openStream: () => streams.open([hello, ...state.all(), ...feed.history()]),
    changed: look,
  };
  return {
    wrap: (name, invoke) => feed.watch(name, invoke),
    route: (request) => answerConsole(request, api),
    close: () => {
      for (const stop of stops) stop?.();
      streams.close();
    },
  };
}

/** Starts a timer that does not keep the process alive. @returns stops it */
function every(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms).unref();
  return () => clearInterval(timer);
}
