import { describe, expect, it } from 'vitest';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { OBJECT_WRAPPINGS } from '../helpers/wrappings.ts';
import { A, B, BATCHES, C, isSqs, SOURCES, useCancelSuperseded, withId } from './cancel-superseded.ts';

useVirtualTime();

const { call, cancelled, context, lines, vod } = await useCancelSuperseded();

const TYPED = SOURCES.filter(([name]) => /cloudevents|^eventbridge/.test(name));

describe.each(SOURCES)('every source: %s', (name, { wrap }) => {
  it('one good', async () => {
    const { reply, outcomes } = await call(wrap(withId(A)));
    expect([outcomes, reply?.summary, cancelled()]).toEqual([['cancelled'], { cancelled: 1 }, [A]]);
    expect(reply?.batchItemFailures).toEqual(isSqs(name) ? [] : undefined);
    expect(lines().records()).toHaveLength(1);
    expect(lines().records()[0]).toMatchObject({ level: 'INFO', outcome: 'cancelled', trigger: expect.any(String) });
  });

  it('many good', async () => {
    const { reply, outcomes } = await call(wrap(JSON.stringify({ asset_ids: [A, B, C] })));
    expect(outcomes).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(reply?.results.map(({ asset_id }) => asset_id)).toEqual([A, B, C]);
    expect(cancelled().sort()).toEqual([A, B, C]);
    expect(lines().records()).toHaveLength(4);
    expect(lines().records().at(-1)).toMatchObject({ level: 'INFO', summary: { cancelled: 3 } });
  });

  it('one bad among good', async () => {
    const { reply, thrown } = await call(wrap(JSON.stringify({ asset_ids: [A, 'bad', C] })));
    expect(cancelled().sort()).toEqual([A, C]);
    if (isSqs(name)) {
      expect(reply?.batchItemFailures).toHaveLength(1);
      expect(reply?.summary).toEqual({ cancelled: 2, failed: 1 });
    } else {
      expect(thrown).toEqual({
        code: 'INVALID_ASSET_ID',
        message: expect.stringMatching(/^1 of 3 .*no valid id \(INVALID_ASSET_ID\)/),
      });
    }
    expect(lines().records().at(-1)).toMatchObject({ level: 'ERROR', summary: { cancelled: 2, failed: 1 } });
  });

  it('all bad', async () => {
    const { reply, thrown } = await call(wrap(JSON.stringify({ asset_ids: ['x', 7] })));
    expect(reply?.batchItemFailures?.length ?? thrown?.code).toBe(isSqs(name) ? 1 : 'INVALID_ASSET_ID');
    expect(vod.calls).toEqual([]);
  });

  it('of a type that is not for us', async () => {
    const { outcomes } = await call(wrap(JSON.stringify({ event_type: 'transcodeComplete', asset_id: A })));
    expect([outcomes, vod.calls.length]).toEqual([['ignored'], 0]);
  });
});

describe.each(BATCHES)('a batch: %s', (name, wrapAll) => {
  it('many good, an id twice: one call each, one result for each message', async () => {
    const { reply } = await call(wrapAll([withId(A), B, withId(A), JSON.stringify({ asset_ids: [C, A] })]));
    expect(reply?.results.map(({ asset_id }) => asset_id)).toEqual([A, B, A, C, A]);
    expect(cancelled().sort()).toEqual([A, B, C]);
  });

  it('one bad among good: the others are done', async () => {
    const { reply, thrown } = await call(wrapAll([withId(A), '{"asset_id":', withId(C)]));
    expect(cancelled().sort()).toEqual([A, C]);
    if (isSqs(name)) expect(reply?.batchItemFailures).toHaveLength(1);
    else expect(thrown?.message).toMatch(/^1 of 3/);
  });

  it('empty', async () => {
    const event = wrapAll([]);
    const { reply, thrown } = await call(event);
    expect(thrown?.code).toBe(Array.isArray(event) ? 'UNSUPPORTED_EVENT' : undefined);
    if (Array.isArray(event)) return;
    expect([reply?.results, reply?.summary, vod.calls.length]).toEqual([[], {}, 0]);
    expect(lines().records()).toMatchObject([{ level: 'INFO', summary: {} }]);
  });

  it('delivered again changes nothing and reports not_queued', async () => {
    const event = wrapAll([withId(A), withId(B)]);
    await call(event);
    const { outcomes } = await call(event);
    expect(outcomes).toEqual(['not_queued', 'not_queued']);
    expect([A, B].map((id) => vod.assets.get(id)?.transcodeStatus)).toEqual(['UN_TRANSCODE', 'UN_TRANSCODE']);
  });
});

describe.each(TYPED)('an event of a type that is not in the list: %s', (_name, { wrap }) => {
  it('is ignored', async () => {
    const { outcomes } = await call(wrap(withId(A), 'com.example.item.created'));
    expect([outcomes, vod.calls.length]).toEqual([['ignored'], 0]);
  });

  it('is taken once the list has it', async () => {
    const { outcomes } = await call(
      wrap(withId(A), 'upload.replaced'),
      context({ SUPERSEDED_EVENT_TYPES: 'vod.upload.superseded, upload.replaced' }),
    );
    expect(outcomes).toEqual(['cancelled']);
  });
});

describe.each(Object.entries(OBJECT_WRAPPINGS))('an object event: %s', (_name, wrap) => {
  const keyed = { ASSET_ID_KEY_PATTERN: '^superseded/(?<asset_id>[0-9a-f]{32})$' };

  it('is ignored unless a pattern says that its key means superseded', async () => {
    expect((await call(wrap(`superseded/${A}`))).outcomes).toEqual(['ignored']);
    expect((await call(wrap(`${A}/video.mp4`), context(keyed))).outcomes).toEqual(['ignored']);
    expect(vod.calls).toEqual([]);
  });

  it('cancels the asset in a key that matches', async () => {
    expect((await call(wrap(`superseded/${A}`), context(keyed))).outcomes).toEqual(['cancelled']);
  });
});
