import type { VodStandIn } from '../vod/stand-in.ts';
import type { Message } from './messages.ts';

/** What a page shows of the stand-in besides its calls; of the real VOD there is nothing. */
export class StandInState {
  readonly #standIn: VodStandIn | undefined;
  readonly #told = new Map<string, string>();

  constructor(standIn: VodStandIn | undefined) {
    this.#standIn = standIn;
  }

  /** All of it as it is now. */
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

  /** Those messages that differ from what was returned the last time. */
  changes(): readonly Message[] {
    return this.all().filter(([name, data]) => {
      const text = JSON.stringify(data);
      const changed = this.#told.get(name) !== text;
      this.#told.set(name, text);
      return changed;
    });
  }
}
