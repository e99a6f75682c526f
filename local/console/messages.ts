import type { AssetStatus, TranscodeStatus } from '../vod/stand-in.ts';

/** The functions a page can watch. */
export type FunctionName = 'cancel-http' | 'cancel-superseded';

/** An asset as the page shows it. */
export interface AssetView {
  readonly asset_id: string;
  readonly asset_status: AssetStatus;
  readonly transcode_status: TranscodeStatus;
}

/** A fault that waits for its calls. */
export interface FaultView {
  readonly name: string;
  readonly on: string;
  readonly left: number;
}

/** What a page is told, by name. Every value goes out as the JSON of one server-sent event. */
export interface Messages {
  /** First on every connection: the page starts afresh with it. */
  readonly hello: {
    readonly vod: 'stand-in' | 'real';
    /** Where the real VOD is, as the environment names it. */
    readonly place: string | null;
    /** The type that makes the event function listen. */
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
    /** The event as JSON text, without headers. */
    readonly event: string;
  };
  /** A call to VOD is over. */
  readonly call: {
    readonly id: string;
    readonly operation: string;
    readonly asset_id: string | null;
    /** The number of a cancel among those of its invocation and asset; null for other calls. */
    readonly attempt: number | null;
    /** Null where no answer went out. */
    readonly status: number | null;
    readonly code: string | null;
    readonly fault: string | null;
    readonly duration_ms: number;
    /** Other invocations were under way that could have made this call as well. */
    readonly shared: boolean;
  };
  readonly line: { readonly id: string; readonly level: string; readonly message: string; readonly text: string };
  readonly ended: {
    readonly id: string;
    readonly duration_ms: number;
    /** HTTP status of a response. */
    readonly status: number | null;
    /** Outcomes in words, such as `cancelled`, or the name of the error thrown. */
    readonly outcome: string;
    readonly detail: string;
    readonly result: string;
  };
}

/** One message with its name. */
export type Message = { readonly [Name in keyof Messages]: readonly [Name, Messages[Name]] }[keyof Messages];
