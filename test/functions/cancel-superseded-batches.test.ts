import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { seeded } from '../../bench/seeded.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { WRAPPINGS } from '../helpers/wrappings.ts';
import { A, B, BATCHES, C, useCancelSuperseded, withId } from './cancel-superseded.ts';

useVirtualTime();

const { call, cancelled, context, lines, startInstance, vod } = await useCancelSuperseded();

describe('a message that is delivered again because its invocation did not complete', () => {
  it.each([
    ['SQS', WRAPPINGS.sqs],
    ['MSK', WRAPPINGS.msk],
    ['SMN', WRAPPINGS.smn],
  ])('has its results without a call, through %s', async (_name, { wrapAll }) => {
    vod.assets.put(B, { transcodeStatus: 'TRANSCODING' });
    const event = wrapAll([JSON.stringify({ asset_ids: [A, B] }), 'bad']);
    await call(event);
    expect(cancelled().sort()).toEqual([A, B]);
    const before = lines().records().length;
    await call(event);
    expect(cancelled()).toHaveLength(2);
    const again = lines().records().slice(before);
    expect(again).toMatchObject([
      { asset_id: A, outcome: 'cancelled', attempts: 0, detail: expect.stringContaining('earlier delivery') },
      { asset_id: B, outcome: 'not_queued', attempts: 0, error: { code: 'VOD.10083' } },
      { asset_id: null, error: { code: 'INVALID_ASSET_ID' } },
      { summary: { cancelled: 1, not_queued: 1, failed: 1 } },
    ]);
  });

  it('is asked for again where VOD decided nothing', async () => {
    const event = WRAPPINGS.sqs.wrapAll([withId(A), withId(B)]);
    vod.inject('forbidden-10074', { times: 2 });
    expect((await call(event)).outcomes).toEqual(['failed', 'failed']);
    expect((await call(event)).outcomes).toEqual(['cancelled', 'cancelled']);
  });

  it('is another than a new message about the same asset', async () => {
    await call(WRAPPINGS.sqs.wrapAll([withId(A), 'bad']));
    vod.assets.put(A, { transcodeStatus: 'WAITING_TRANSCODE' });
    expect((await call(WRAPPINGS.sqs.wrap(withId(A)))).outcomes).toEqual(['cancelled']);
    expect(vod.assets.get(A)?.transcodeStatus).toBe('UN_TRANSCODE');
  });
});

describe('a batch that is too long', () => {
  const ids = Array.from({ length: 30 }, (_, index) => (index + 256).toString(16).padStart(32, '0'));
  const batch = () => WRAPPINGS.kafka.wrapAll(ids.map((id) => withId(id)));
  const slowPace = { VOD_CALLS_PER_MINUTE: '8' };

  it('ends what finds no slot as PACE_LIMIT, early enough, and each redelivery cancels more', async () => {
    for (const id of ids) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
    const left = () => ids.filter((id) => vod.assets.get(id)?.transcodeStatus === 'WAITING_TRANSCODE').length;
    const progress = [left()];
    // By chance a shuffle can put eight ids first that are cancelled already.
    vi.spyOn(Math, 'random').mockImplementation(seeded(1));
    for (let delivery = 0; delivery < 4; delivery += 1) {
      // Each delivery meets a fresh instance, as a platform with retries may well give it.
      startInstance();
      const startedAt = performance.now();
      const { thrown } = await call(batch(), context(slowPace, 1_500));
      // Not a matter of speed: the host kills what is not back by then.
      expect(performance.now() - startedAt).toBeLessThan(1_500);
      if (thrown !== undefined) expect(thrown.code).toBe('PACE_LIMIT');
      progress.push(left());
    }
    expect(progress.every((count, index) => index === 0 || count < (progress[index - 1] ?? 0))).toBe(true);
  });

  it('gives each message its turn, so that one with many ids does not starve the others', async () => {
    for (const id of ids) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
    const [many, few] = [ids.slice(0, 21), ids.slice(21)];
    const event = WRAPPINGS.sqs.wrapAll([JSON.stringify({ asset_ids: many }), ...few.map((id) => withId(id))]);
    await call(event, context({ VOD_CONCURRENCY: '1' }));
    expect(cancelled()).toHaveLength(30);
    expect(cancelled().slice(0, 10)).toEqual(expect.arrayContaining(few));
  });

  it('answers before the deadline, however many ids there are to report', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => index.toString(16).padStart(32, '0'));
    const { slow } = await import('../helpers/faults.ts');
    vod.inject(slow(300), { times: 2_000 });
    const startedAt = performance.now();
    const { thrown } = await call({ asset_ids: many }, context({}, 3_000));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(thrown?.message).toMatch(/of 2000 cancels not completed/);
  });

  it('ends what could not be started in time as DEADLINE', async () => {
    for (const id of ids) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
    const { slow } = await import('../helpers/faults.ts');
    vod.inject(slow(400), { times: 100 });
    const { thrown } = await call(batch(), context({ VOD_CONCURRENCY: '2' }, 1_500));
    expect(thrown?.message).toContain('DEADLINE');
    expect(cancelled().length).toBeLessThan(10);
  });
});

describe('whatever the mixture of messages', () => {
  const message = fc.oneof(
    fc.constantFrom(A, B, C).map((id) => ({ text: withId(id), ids: [id] })),
    fc
      .constantFrom([A, B], [B, C, B], [C])
      .map((ids) => ({ text: JSON.stringify({ asset_ids: ids }), ids: [...new Set(ids)] })),
    fc.constantFrom('', 'bad', '{', '[]', '{}', '7', 'null').map((text) => ({ text, ids: [] as string[] })),
  );

  it('every message ends in its results, in order, and no id is cancelled twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...BATCHES),
        fc.array(message, { maxLength: 12 }),
        async ([, wrapAll], messages) => {
          vod.resetCalls();
          const before = lines().records().length;
          await call(wrapAll(messages.map(({ text }) => text)));
          const logged = lines()
            .records()
            .slice(before)
            .filter((line) => 'outcome' in line);
          expect(logged.map(({ asset_id }) => asset_id)).toEqual(
            messages.flatMap(({ ids }) => (ids.length > 0 ? ids : [null])),
          );
          expect(cancelled()).toHaveLength(new Set(messages.flatMap(({ ids }) => ids)).size);
        },
      ),
      { numRuns: 60 },
    );
  });
});
