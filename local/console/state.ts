import type { VodStandIn } from '../vod/stand-in.ts';
import type { Message } from './messages.ts';

/** The stand-in's assets and faults for a page. The real VOD has none. */
export class StandInState {
  readonly #standIn: VodStandIn | undefined;
  readonly #told = new Map<string, string>();

  constructor(standIn: VodStandIn | undefined) {
    this.#standIn = standIn;
  }

  /** The current state, in messages. */
  all(): readonly Message[] {
    if (this.#standIn === undefined) return [];
    const assets = this.#standIn.assets.list().map(({ assetId, assetStatus, transcodeStatus }) => ({
      asset_id: assetId,
      asset_status: assetStatus,
      transcode_status: transcodeStatus,
    }));
    return [
      ['assets', assets],
      ['faults', this.#standIn.waitingFaults()],
    ];
  }

  /** The messages that changed since the last call. */
  changes(): readonly Message[] {
    return this.all().filter(([name, data]) => {
      const text = JSON.stringify(data);
      const changed = this.#told.get(name) !== text;
      this.#told.set(name, text);
      return changed;
    });
  }
}
