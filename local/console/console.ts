import { captureStdout } from '../capture-stdout.ts';
import type { GatewayHooks } from '../gateway/server.ts';
import type { Environment, VodTarget } from '../vod-target.ts';
import { watchRequests } from './calls.ts';
import { EventStreams } from './events.ts';
import { Feed } from './feed.ts';
import type { Message } from './messages.ts';
import { createRedactor } from './redact.ts';
import { answerConsole } from './routes.ts';

/** The stand-in's states change with the clock, so they are polled. */
const POLL_MS = 100;

/** Settings whose values are never sent. */
const SECRET_SETTINGS = ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SECURITY_TOKEN'];

/** The console of one gateway. Pass it to the gateway as its hooks. */
export interface Console extends GatewayHooks {
  /** Ends the streams, so that the gateway can close at once. */
  close(): void;
}

/**
 * Opens the console. It reads the gateway's hooks, the log, Node's reports of requests, and the stand-in's record.
 * Nothing is added to the functions for it.
 *
 * @param env - environment whose keys must not be shown
 */
export function openConsole({ standIn, place, notice, settings }: VodTarget, env: Environment): Console {
  const streams = new EventStreams(createRedactor(SECRET_SETTINGS.flatMap((name) => [settings[name], env[name]])));
  const feed = new Feed((message) => streams.send(message), standIn);
  const hello: Message = ['hello', { vod: standIn === undefined ? 'real' : 'stand-in', place: place ?? null }];
  const state = (): readonly Message[] =>
    standIn === undefined ? [] : [['state', { assets: standIn.assets.list(), faults: standIn.waitingFaults() }]];
  let sent = '';
  /** Sends the state to the open streams if it has changed. */
  const update = (): readonly Message[] => {
    const messages = state();
    const text = JSON.stringify(messages);
    if (text !== sent) for (const message of messages) streams.send(message);
    sent = text;
    return messages;
  };
  const polling = setInterval(() => streams.isWatched && update(), POLL_MS).unref();
  const stops = [
    captureStdout((line) => feed.takeLine(line), true),
    watchRequests((request) => feed.takeRequest(request)),
  ];
  const openStream = () => streams.open([hello, ...update(), ...feed.history()]);
  return {
    wrap: (name, invoke) => feed.watch(name, invoke),
    route: (request) => answerConsole(request, { standIn, notice: notice ?? null, openStream }),
    close: () => {
      clearInterval(polling);
      for (const stop of stops) stop();
      streams.close();
    },
  };
}
