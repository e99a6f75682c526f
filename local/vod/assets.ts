import type { TranscodeStatus } from '../../lib/cancel/outcome.ts';
import type { Clock } from '../clock.ts';

/** VOD's `asset_status` in the asset list. The transcode has its own status. */
export type AssetStatus = 'CREATING' | 'FAILED' | 'CREATED' | 'PUBLISHED' | 'DELETED';

/** An asset at the time of reading. */
export interface Asset {
  readonly assetId: string;
  readonly assetStatus: AssetStatus;
  readonly transcodeStatus: TranscodeStatus;
}

export interface PutAsset {
  readonly transcodeStatus: TranscodeStatus;
  /** Default `CREATED`. */
  readonly assetStatus?: AssetStatus;
  /** How long a transcode waits, in ms. Default `Infinity`: until it is cancelled. */
  readonly waitMs?: number;
  /** How long it then runs, in ms. Default 60,000. */
  readonly transcodeMs?: number;
}

/** The result of a change. `refused`: the asset's state does not allow it. */
export type Change = 'done' | 'refused' | 'unknown';

interface Entry extends Required<PutAsset> {
  transcodeStatus: TranscodeStatus;
  /** When the transcode entered its state, in epoch ms. */
  since: number;
}

/**
 * The tenant's assets and their transcodes. The clock moves them: WAITING_TRANSCODE → TRANSCODING → TRANSCODE_SUCCEED.
 * States are computed when they are read, without a timer. If the clock stops, everything stops.
 */
export class AssetStore {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Creates or replaces an asset. Its state starts now. */
  put(assetId: string, asset: PutAsset): void {
    const defaults = { assetStatus: 'CREATED', waitMs: Number.POSITIVE_INFINITY, transcodeMs: 60_000 } as const;
    this.#entries.set(assetId, { ...defaults, ...asset, since: this.#clock.now() });
  }

  get(assetId: string): Asset | undefined {
    const entry = this.#current(assetId);
    return entry && { assetId, assetStatus: entry.assetStatus, transcodeStatus: entry.transcodeStatus };
  }

  /** Returns all assets, in the order of their creation. */
  list(): Asset[] {
    return Array.from(this.#entries.keys(), (assetId) => this.get(assetId)).filter((asset) => asset !== undefined);
  }

  /** Queues a transcode. Refused while one waits or runs, or before the upload is complete. */
  queue(assetId: string): Change {
    const entry = this.#usable(assetId);
    if (entry === undefined) return 'unknown';
    const { assetStatus, transcodeStatus } = entry;
    if (assetStatus === 'CREATING' || transcodeStatus === 'WAITING_TRANSCODE' || transcodeStatus === 'TRANSCODING') {
      return 'refused';
    }
    return this.#enter(entry, 'WAITING_TRANSCODE');
  }

  /** Removes a waiting transcode from the queue. Refused if none waits. */
  cancel(assetId: string): Change {
    const entry = this.#usable(assetId);
    if (entry === undefined) return 'unknown';
    return entry.transcodeStatus === 'WAITING_TRANSCODE' ? this.#enter(entry, 'UN_TRANSCODE') : 'refused';
  }

  #enter(entry: Entry, transcodeStatus: TranscodeStatus): Change {
    Object.assign(entry, { transcodeStatus, since: this.#clock.now() });
    return 'done';
  }

  #usable(assetId: string): Entry | undefined {
    const entry = this.#current(assetId);
    return entry?.assetStatus === 'DELETED' ? undefined : entry;
  }

  #current(assetId: string): Entry | undefined {
    const entry = this.#entries.get(assetId);
    if (entry === undefined) return undefined;
    const now = this.#clock.now();
    if (entry.transcodeStatus === 'WAITING_TRANSCODE' && now - entry.since >= entry.waitMs) {
      entry.transcodeStatus = 'TRANSCODING';
      entry.since += entry.waitMs;
    }
    if (entry.transcodeStatus === 'TRANSCODING' && now - entry.since >= entry.transcodeMs) {
      entry.transcodeStatus = 'TRANSCODE_SUCCEED';
      entry.since += entry.transcodeMs;
    }
    return entry;
  }
}
