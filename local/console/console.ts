import type { GatewayHooks } from '../gateway/server.ts';
import type { VodTarget } from '../vod-target.ts';
import { FAULT_NAMES } from './actions.ts';
import { answerConsole } from './api.ts';
import { readAlong } from './capture.ts';
import { EventStreams } from './events.ts';
import { Feed } from './feed.ts';
import type { Message } from './messages.ts';
import { createScrub } from './redact.ts';
import { StandInState } from './state.ts';

/** States pass by the clock, so they are looked at; nobody sees a difference of less. */
const LOOK_EVERY_MS = 250;

const KEEP_ALIVE_MS = 15_000;

/** Names of settings whose values never leave. */
const SECRET_SETTINGS = ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SECURITY_TOKEN'];

/** The console of one gateway: give it to the gateway as its hooks. */
export interface Console extends GatewayHooks {
  /** Ends the streams, so that the gateway can close at once, and stops listening. */
  close(): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The event function listens to a list of types; the first is as good as any. */
function supersededType(env: Environment): string {
  const [first = ''] = (env['SUPERSEDED_EVENT_TYPES'] ?? '').split(',');
  return first.trim() || 'vod.upload.superseded';
}

/**
 * Opens the console: what it shows comes from outside of the functions, through the gateway's hooks, the log and the
 * stand-in's record.
 *
 * @param env - whose keys, besides the target's own, must not be shown
 */
export function openConsole({ standIn, place, notice, settings }: VodTarget, env: Environment): Console {
  const streams = new EventStreams(createScrub(SECRET_SETTINGS.flatMap((name) => [settings[name], env[name]])));
  const feed = new Feed((message) => streams.send(message));
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

/** A timer that keeps nothing alive. @returns the way to stop it */
function every(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms).unref();
  return () => clearInterval(timer);
}
