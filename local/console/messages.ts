import type { JsonObject } from '../../lib/json.ts';
import type { FunctionName } from '../../scripts/functions.ts';
import type { Asset } from '../vod/assets.ts';
import type { Operation } from '../vod/calls.ts';
import type { VodStandIn } from '../vod/stand-in.ts';

/** A call to VOD. While it is under way, it has no duration and no answer. */
export interface CallView {
  readonly operation: Operation;
  readonly asset_id: string | null;
  readonly duration_ms: number | null;
  /** Null if no answer came. */
  readonly status: number | null;
  /** VOD's code in the answer. Null with the real VOD, because the console does not read its answers. */
  readonly code: string | null;
  /** The injected fault that it met. */
  readonly fault: string | null;
}

/** How an invocation ended. */
export interface Ending {
  /** HTTP status of a response. */
  readonly status: number | null;
  /** How often each outcome occurs, for example `cancelled`, or the name of the thrown error. */
  readonly outcomes: JsonObject;
  /** A sentence, if there is one for the whole invocation. */
  readonly detail: string;
  /** The result as JSON text. */
  readonly result: string;
}

/** The messages to a page, by name. Each value is the JSON of one server-sent event. */
export interface Messages {
  /** The first message of a connection. The page resets itself. */
  readonly hello: {
    readonly vod: 'stand-in' | 'real';
    /** The setting that names the real VOD. */
    readonly place: string | null;
  };
  /** The stand-in's state. */
  readonly state: { readonly assets: readonly Asset[]; readonly faults: ReturnType<VodStandIn['waitingFaults']> };
  /** A function was called. `id` is the invocation's request id, here and below. */
  readonly began: {
    readonly id: string;
    readonly function: FunctionName;
    /** Epoch ms. */
    readonly at: number;
    readonly title: string;
    /** The event as JSON text, without headers. */
    readonly event: string;
  };
  /** A call to VOD. It is sent when it begins and when it is over. */
  readonly call: CallView & {
    readonly id: string;
    /** Which call of the invocation it is, from 1. */
    readonly n: number;
    /** When it began, in ms from the beginning of the invocation. */
    readonly at_ms: number;
  };
  /** A log line. */
  readonly line: { readonly id: string; readonly line: JsonObject };
  readonly ended: Ending & {
    readonly id: string;
    readonly duration_ms: number;
    /** How many assets had a log line. */
    readonly asset_count: number;
  };
}

/** One message with its name. */
export type Message = { readonly [Name in keyof Messages]: readonly [Name, Messages[Name]] }[keyof Messages];
