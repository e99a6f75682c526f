import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TranscodeStatus } from '../../lib/cancel/outcome.ts';
import { AssetStore } from '../../local/vod/assets.ts';
import { ASSET, SetClock } from './samples.ts';

const WAIT = 1_000;
const RUN = 5_000;

const PACE = { waitMs: WAIT, transcodeMs: RUN };

function setUp() {
  const clock = new SetClock();
  const assets = new AssetStore(clock);
  return { clock, assets, status: () => assets.get(ASSET)?.transcodeStatus };
}

describe('a queued transcode', () => {
  it('waits, runs and is done, by the clock alone', () => {
    const { assets, clock, status } = setUp();
    assets.put(ASSET, { ...PACE, transcodeStatus: 'WAITING_TRANSCODE' });
    clock.advance(WAIT - 1);
    expect(status()).toBe('WAITING_TRANSCODE');
    clock.advance(1);
    expect(status()).toBe('TRANSCODING');
    clock.advance(RUN - 1);
    expect(status()).toBe('TRANSCODING');
    clock.advance(1);
    expect(status()).toBe('TRANSCODE_SUCCEED');
  });

  it('also ends if it was not read meanwhile', () => {
    const { assets, clock, status } = setUp();
    assets.put(ASSET, { ...PACE, transcodeStatus: 'WAITING_TRANSCODE' });
    clock.advance(WAIT + RUN);
    expect(status()).toBe('TRANSCODE_SUCCEED');
  });

  it('waits forever if it has no end', () => {
    const { assets, clock, status } = setUp();
    assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    clock.advance(1e12);
    expect(status()).toBe('WAITING_TRANSCODE');
  });
});

describe('cancel', () => {
  it.each<[TranscodeStatus, string]>([
    ['WAITING_TRANSCODE', 'done'],
    ['UN_TRANSCODE', 'refused'],
    ['TRANSCODING', 'refused'],
    ['TRANSCODE_SUCCEED', 'refused'],
    ['TRANSCODE_FAILED', 'refused'],
  ])('of %s is %s', (transcodeStatus, expected) => {
    const { assets, status } = setUp();
    assets.put(ASSET, { transcodeStatus });
    expect(assets.cancel(ASSET)).toBe(expected);
    expect(status()).toBe(expected === 'done' ? 'UN_TRANSCODE' : transcodeStatus);
  });

  it('knows neither an asset that never was nor a deleted one', () => {
    const { assets } = setUp();
    expect(assets.cancel(ASSET)).toBe('unknown');
    assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE', assetStatus: 'DELETED' });
    expect(assets.cancel(ASSET)).toBe('unknown');
    expect(assets.queue(ASSET)).toBe('unknown');
  });
});

describe('queue', () => {
  it.each<[TranscodeStatus, string]>([
    ['UN_TRANSCODE', 'done'],
    ['TRANSCODE_SUCCEED', 'done'],
    ['TRANSCODE_FAILED', 'done'],
    ['WAITING_TRANSCODE', 'refused'],
    ['TRANSCODING', 'refused'],
  ])('of %s is %s', (transcodeStatus, expected) => {
    const { assets, status } = setUp();
    assets.put(ASSET, { transcodeStatus });
    expect(assets.queue(ASSET)).toBe(expected);
    expect(status()).toBe(expected === 'done' ? 'WAITING_TRANSCODE' : transcodeStatus);
  });

  it('is refused before the upload is complete', () => {
    const { assets } = setUp();
    assets.put(ASSET, { transcodeStatus: 'UN_TRANSCODE', assetStatus: 'CREATING' });
    expect(assets.queue(ASSET)).toBe('refused');
  });
});

/** What the store should say, worked out from the moment of the last queueing alone. */
class Model {
  #queuedAt = Number.NEGATIVE_INFINITY;

  queue(now: number): 'done' | 'refused' {
    if (now - this.#queuedAt < WAIT + RUN) return 'refused';
    this.#queuedAt = now;
    return 'done';
  }

  cancel(now: number): 'done' | 'refused' {
    if (now - this.#queuedAt >= WAIT) return 'refused';
    this.#queuedAt = Number.NEGATIVE_INFINITY;
    return 'done';
  }
}

it('a cancel succeeds exactly while the transcode waits, whatever happened before', () => {
  const step = fc.record({
    action: fc.constantFrom('queue' as const, 'cancel' as const),
    after: fc.oneof(fc.constantFrom(0, WAIT - 1, WAIT, RUN), fc.integer({ min: 0, max: WAIT + RUN })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { assets, clock } = setUp();
      const model = new Model();
      assets.put(ASSET, { ...PACE, transcodeStatus: 'UN_TRANSCODE' });
      for (const { action, after } of steps) {
        clock.advance(after);
        expect(assets[action](ASSET)).toBe(model[action](clock.now()));
      }
    }),
  );
});

it('list gives all of them in the order they came', () => {
  const { assets } = setUp();
  assets.put('b', { transcodeStatus: 'UN_TRANSCODE' });
  assets.put('a', { transcodeStatus: 'TRANSCODING', assetStatus: 'PUBLISHED' });
  expect(assets.list()).toEqual([
    { assetId: 'b', assetStatus: 'CREATED', transcodeStatus: 'UN_TRANSCODE' },
    { assetId: 'a', assetStatus: 'PUBLISHED', transcodeStatus: 'TRANSCODING' },
  ]);
});
