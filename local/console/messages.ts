import type { TranscodeStatus } from '../../lib/cancel/outcome.ts';
import type { AssetStatus } from '../vod/assets.ts';

/** The functions a page can watch. */
export type FunctionName = 'cancel-http' | 'cancel-superseded';

/** An asset as the page shows it. */
export interface AssetView {
  readonly asset_id: string;
  readonly asset_status: AssetStatus;
  readonly transcode_status: TranscodeStatus;
}

/** An injected fault with calls left. */
export interface FaultView {
  readonly name: string;
  readonly on: string;
  readonly left: number;
}

/** Which call to VOD a message is about. */
export interface CallView {
  readonly id: string;
  readonly operation: string;
  readonly asset_id: string | null;
  /** Which cancel it is for its invocation and asset, from 1; null for other calls. */
  readonly attempt: number | null;
  /** When it began, in ms from the beginning of the invocation. */
  readonly at_ms: number;
}

/** The messages to a page, by name. Each value is the JSON of one server-sent event. */
export interface Messages {
  /** The first message of a connection. The page resets itself. */
  readonly hello: {
    readonly vod: 'stand-in' | 'real';
    /** The setting that names the real VOD. */
    readonly place: string | null;
    /** An event type that `cancel-superseded` takes. */
    readonly superseded_type: string;
    readonly fault_names: readonly string[];
  };
  readonly assets: readonly AssetView[];
  readonly faults: readonly FaultView[];
  /** A function was called. `id` is the invocation's request id, here and below. */
  readonly began: {
    readonly id: string;
    readonly function: FunctionName;
    /** Epoch ms. */
    readonly at: number;
    readonly title: string;
    /** The first assets that the event names. */
    readonly asset_ids: readonly string[];
    /** How many assets the event names. */
    readonly asset_count: number;
    /** The event as JSON text, without headers. */
    readonly event: string;
  };
  /** A call has arrived at the stand-in. */
  readonly calling: CallView;
  /** A call to VOD has ended. */
  readonly call: CallView & {
    /** Null if no answer was sent. */
    readonly status: number | null;
    readonly code: string | null;
    readonly fault: string | null;
    readonly duration_ms: number;
    /** Whether another running invocation could have made this call too. */
    readonly shared: boolean;
  };
  readonly line: { readonly id: string; readonly level: string; readonly message: string; readonly text: string };
  readonly ended: {
    readonly id: string;
    readonly duration_ms: number;
    /** HTTP status of a response. */
    readonly status: number | null;
    /** The outcomes, for example `cancelled`, or the name of the thrown error. */
    readonly outcome: string;
    readonly detail: string;
    readonly result: string;
  };
}

/** One message with its name. */
export type Message = { readonly [Name in keyof Messages]: readonly [Name, Messages[Name]] }[keyof Messages];
