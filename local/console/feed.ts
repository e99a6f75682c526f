import type { Invoke } from '../gateway/function.ts';
import type { RecordedCall } from '../vod/stand-in.ts';
import type { FunctionName, Message } from './messages.ts';
import { toPlainJson } from './redact.ts';
import { summariseError, summariseEvent, summariseResult } from './summaries.ts';

/** As many invocations are kept for pages that connect later. */
const KEPT_INVOCATIONS = 50;

/** As many calls and log lines are kept of one invocation: an event can bring 10,000 assets. */
const KEPT_MESSAGES = 300;

const MAX_LINE_CHARACTERS = 4_000;

interface Watched {
  readonly id: string;
  readonly startedAt: number;
  endedAt: number;
  /** The event's text, in which the assets it names can be found. */
  readonly event: string;
  readonly messages: Message[];
}

/** Whether a call that began at `at` can have been made by an invocation. */
const wasUnderWay = ({ startedAt, endedAt }: Watched, at: number): boolean => startedAt <= at && at <= endedAt;

/**
 * Records invocations as they happen, from the outside: the function is called through {@link Feed.watch}, its log
 * lines name their invocation by `request_id`, and a call to VOD is that of the invocation that was under way and
 * whose event names the asset. Where several are, each shows the call and says so: nothing in a request tells them
 * apart, and nothing must be added to it for a console's sake.
 */
export class Feed {
  readonly #publish: (message: Message) => void;
  readonly #watched = new Map<string, Watched>();

  /** @param publish - told of every message at once */
  constructor(publish: (message: Message) => void) {
    this.#publish = publish;
  }

  /** The messages of the invocations that are kept, in an order in which a page can follow them. */
  history(): readonly Message[] {
    return Array.from(this.#watched.values()).flatMap(({ messages }) => messages);
  }

  /** Puts a watch around a function. What it returns or throws stays as it is. */
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

  /** Takes one line of the log; what is no line of an invocation is nothing to it. */
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
   * Takes one call to VOD that is over.
   *
   * @param calls - all that VOD has seen, this one included, in the order in which they arrived
   */
  takeCall(call: RecordedCall, calls: readonly RecordedCall[]): void {
    const makers = this.#makersOf(call);
    for (const watched of makers) {
      const { operation, assetId, status, code, fault, durationMs } = call;
      this.#add(watched, [
        'call',
        {
          id: watched.id,
          operation,
          asset_id: assetId ?? null,
          attempt: operation === 'cancel' ? attemptOf(call, calls, watched) : null,
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
    const summary = summariseEvent(event);
    const watched = {
      id,
      startedAt: at,
      endedAt: Number.POSITIVE_INFINITY,
      event: `${JSON.stringify(event)}${summary.event}`,
      messages: [],
    };
    this.#watched.set(id, watched);
    for (const oldest of this.#watched.keys()) {
      if (this.#watched.size <= KEPT_INVOCATIONS) break;
      this.#watched.delete(oldest);
    }
    this.#add(watched, ['began', { id, function: name, at, ...summary }]);
    return watched;
  }

  #makersOf({ at, assetId = '' }: RecordedCall): readonly Watched[] {
    const underWay = Array.from(this.#watched.values()).filter((watched) => wasUnderWay(watched, at));
    const naming = underWay.filter(({ event }) => event.includes(assetId));
    // An event may hold its ids encoded; then any that was under way may be the one.
    return naming.length > 0 ? naming : underWay;
  }

  #add(watched: Watched, message: Message): void {
    // The end of an invocation is never left out, or a page would show it as running for ever.
    if (watched.messages.length >= KEPT_MESSAGES && message[0] !== 'ended') return;
    watched.messages.push(message);
    this.#publish(message);
  }
}

/** Counted by arrival and not by end: an attempt that was given up can be over later than the one after it. */
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
