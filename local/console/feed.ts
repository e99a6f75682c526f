import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientRequest } from 'node:http';
import { parseObject } from '../../lib/json.ts';
import type { FunctionName } from '../../scripts/functions.ts';
import type { Invoke } from '../gateway/function.ts';
import { errorView } from '../gateway/problem.ts';
import type { VodStandIn } from '../vod/stand-in.ts';
import { followCall } from './calls.ts';
import type { Message } from './messages.ts';
import { summarise, summariseEvent } from './summaries.ts';

/** How many invocations are kept for pages that connect later. */
const KEPT_INVOCATIONS = 50;

/** How many messages about calls and log lines of one invocation are kept. An event can name 10,000 assets. */
const KEPT_MESSAGES = 300;

interface Watched {
  readonly id: string;
  /** In ms on the monotonic clock. */
  readonly beganAt: number;
  readonly messages: Message[];
  /** The assets that had a log line. */
  readonly assets: Set<string>;
  calls: number;
}

/**
 * Records invocations from outside the functions. Each runs in an asynchronous context of its own, so a request to VOD
 * and a log line belong to the invocation in whose context they are made.
 */
export class Feed {
  readonly #publish: (message: Message) => void;
  readonly #standIn: VodStandIn | undefined;
  readonly #running = new AsyncLocalStorage<Watched>();
  readonly #kept: Watched[] = [];

  /**
   * @param publish - gets every message at once
   * @param standIn - undefined if the functions call the real VOD
   */
  constructor(publish: (message: Message) => void, standIn: VodStandIn | undefined) {
    this.#publish = publish;
    this.#standIn = standIn;
  }

  /** The messages of the kept invocations, in the order that a page needs. */
  history(): readonly Message[] {
    return this.#kept.flatMap(({ messages }) => messages);
  }

  /** Wraps a function to record it. Results and errors do not change. */
  watch(name: FunctionName, invoke: Invoke): Invoke {
    return async (event, id) => {
      const watched = this.#begin(name, event, id);
      const end = (returned: unknown): void => {
        const duration_ms = performance.now() - watched.beganAt;
        const asset_count = watched.assets.size;
        // The set can have 10,000 ids.
        watched.assets.clear();
        this.#add(watched, ['ended', { id, duration_ms, asset_count, ...summarise(returned) }]);
      };
      try {
        const result = await this.#running.run(watched, () => invoke(event, id));
        end(result);
        return result;
      } catch (error) {
        end(errorView(error));
        throw error;
      }
    };
  }

  /** Takes a log line. Lines of no invocation are ignored. */
  takeLine(text: string): void {
    const watched = this.#running.getStore();
    const line = parseObject(text);
    if (watched === undefined || line === undefined) return;
    if (typeof line['asset_id'] === 'string') watched.assets.add(line['asset_id']);
    this.#add(watched, ['line', { id: watched.id, line }]);
  }

  /** Takes a request that begins. Requests of no invocation are ignored. */
  takeRequest(request: ClientRequest): void {
    const watched = this.#running.getStore();
    if (watched === undefined) return;
    watched.calls += 1;
    const made = { id: watched.id, n: watched.calls, at_ms: performance.now() - watched.beganAt };
    followCall(request, this.#standIn, (call) => this.#add(watched, ['call', { ...made, ...call }]));
  }

  #begin(name: FunctionName, event: unknown, id: string): Watched {
    const watched: Watched = { id, beganAt: performance.now(), messages: [], assets: new Set(), calls: 0 };
    this.#kept.push(watched);
    if (this.#kept.length > KEPT_INVOCATIONS) this.#kept.shift();
    this.#add(watched, ['began', { id, function: name, at: Date.now(), ...summariseEvent(event) }]);
    return watched;
  }

  #add(watched: Watched, message: Message): void {
    // The end is always kept. Otherwise a page would show the invocation as running.
    if (watched.messages.length >= KEPT_MESSAGES && message[0] !== 'ended') return;
    watched.messages.push(message);
    this.#publish(message);
  }
}
