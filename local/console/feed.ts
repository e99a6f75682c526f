import type { Invoke } from '../gateway/function.ts';
import type { RecordedCall } from '../vod/calls.ts';
import { type AssetRules, assetsOf } from './assets-of.ts';
import type { CallView, FunctionName, Message } from './messages.ts';
import { toPlainJson } from './redact.ts';
import { summariseError, summariseEvent, summariseResult } from './summaries.ts';

/** How many invocations are kept for pages that connect later. */
const KEPT_INVOCATIONS = 50;

/** How many calls and log lines of one invocation are kept. An event can name 10,000 assets. */
const KEPT_MESSAGES = 300;

const MAX_LINE_CHARACTERS = 4_000;

/** As many assets of an event are sent to the page, so that it can find an invocation by each of them. */
const SHOWN_ASSETS = 100;

interface Watched {
  readonly id: string;
  readonly startedAt: number;
  endedAt: number;
  /** The assets that its event names. */
  readonly assets: ReadonlySet<string>;
  readonly messages: Message[];
}

/** Whether the invocation can have made a call that started at `at`. */
const wasUnderWay = ({ startedAt, endedAt }: Watched, at: number): boolean => startedAt <= at && at <= endedAt;

/**
 * Records invocations from outside the functions. {@link Feed.watch} calls the function, and log lines name their
 * invocation by `request_id`. A call to VOD belongs to the invocation that ran at the time and whose event names the
 * asset. If there are several, each shows the call and says so, because the requests do not differ and the console
 * must not change them.
 */
export class Feed {
  readonly #publish: (message: Message) => void;
  readonly #rules: AssetRules | undefined;
  readonly #watched = new Map<string, Watched>();

  /**
   * @param publish - gets every message at once
   * @param rules - how the functions read events; undefined if their settings are wrong
   */
  constructor(publish: (message: Message) => void, rules: AssetRules | undefined) {
    this.#publish = publish;
    this.#rules = rules;
  }

  /** The messages of the kept invocations, in the order that a page needs. */
  history(): readonly Message[] {
    return Array.from(this.#watched.values()).flatMap(({ messages }) => messages);
  }

  /** Wraps a function to record it. Results and errors do not change. */
  watch(name: FunctionName, invoke: Invoke): Invoke {
    return async (event, requestId) => {
      const beganAt = performance.now();
      const watched = this.#begin(name, event, requestId);
      const end = (ending: ReturnType<typeof summariseError>): void => {
        watched.endedAt = Date.now();
        this.#add(watched, ['ended', { id: requestId, duration_ms: performance.now() - beganAt, ...ending }]);
      };
      try {
        const result = await invoke(event, requestId);
        end(summariseResult(result));
        return result;
      } catch (error) {
        end(summariseError(error));
        throw error;
      }
    };
  }

  /** Takes a log line. Lines of no invocation are ignored. */
  takeLine(text: string): void {
    const line = parseLine(text);
    const watched = this.#watched.get(String(line?.['request_id']));
    if (line === undefined || watched === undefined) return;
    const { level, message } = line;
    const id = watched.id;
    this.#add(watched, [
      'line',
      { id, level: String(level), message: String(message), text: toPlainJson(line, MAX_LINE_CHARACTERS) },
    ]);
  }

  /**
   * Takes one call to VOD that has arrived there.
   *
   * @param calls - all that VOD has seen, this one included, in the order in which they arrived
   */
  takeArrival(call: RecordedCall, calls: readonly RecordedCall[]): void {
    for (const watched of this.#makersOf(call)) this.#add(watched, ['calling', viewOf(call, calls, watched)]);
  }

  /**
   * Takes one call to VOD that is over.
   *
   * @param calls - as above
   */
  takeCall(call: RecordedCall, calls: readonly RecordedCall[]): void {
    const makers = this.#makersOf(call);
    const { status, code, fault, durationMs } = call;
    for (const watched of makers) {
      this.#add(watched, [
        'call',
        {
          ...viewOf(call, calls, watched),
          status: status ?? null,
          code: code ?? null,
          fault: fault ?? null,
          duration_ms: durationMs ?? 0,
          shared: makers.length > 1,
        },
      ]);
    }
  }

  #begin(name: FunctionName, event: unknown, id: string): Watched {
    const at = Date.now();
    const assets = assetsOf(event, this.#rules);
    const watched: Watched = {
      id,
      startedAt: at,
      endedAt: Number.POSITIVE_INFINITY,
      assets: new Set(assets),
      messages: [],
    };
    this.#watched.set(id, watched);
    for (const oldest of this.#watched.keys()) {
      if (this.#watched.size <= KEPT_INVOCATIONS) break;
      this.#watched.delete(oldest);
    }
    const asset_ids = assets.slice(0, SHOWN_ASSETS);
    const asset_count = assets.length;
    this.#add(watched, ['began', { id, function: name, at, asset_ids, asset_count, ...summariseEvent(event) }]);
    return watched;
  }

  #makersOf({ at, assetId = '' }: RecordedCall): readonly Watched[] {
    const underWay = Array.from(this.#watched.values()).filter((watched) => wasUnderWay(watched, at));
    const naming = underWay.filter(({ assets }) => assets.has(assetId));
    // If no event that was read names it, any that was under way may be the one.
    return naming.length > 0 ? naming : underWay;
  }

  #add(watched: Watched, message: Message): void {
    // The end is always kept. Otherwise a page would show the invocation as running.
    if (watched.messages.length >= KEPT_MESSAGES && message[0] !== 'ended') return;
    watched.messages.push(message);
    this.#publish(message);
  }
}

const viewOf = (call: RecordedCall, calls: readonly RecordedCall[], watched: Watched): CallView => ({
  id: watched.id,
  operation: call.operation,
  asset_id: call.assetId ?? null,
  attempt: call.operation === 'cancel' ? attemptOf(call, calls, watched) : null,
  at_ms: call.at - watched.startedAt,
});

/** Counts by arrival, because an aborted attempt can end after the next one. */
function attemptOf(call: RecordedCall, calls: readonly RecordedCall[], watched: Watched): number {
  const upTo = calls.slice(0, calls.lastIndexOf(call) + 1);
  return upTo.filter(
    ({ operation, assetId, at }) => operation === 'cancel' && assetId === call.assetId && wasUnderWay(watched, at),
  ).length;
}

function parseLine(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? (line as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
