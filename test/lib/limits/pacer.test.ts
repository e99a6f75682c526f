import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NoSlot, Pacer, type Slot } from '../../../lib/limits/pacer.ts';

function pacerAt(start = 1_000_000) {
  const clock = { now: start };
  return { clock, pacer: new Pacer(() => clock.now) };
}

/** What was asked for and granted, without the slot's methods. */
const seen = ({ granted, waitMs }: Slot | NoSlot) => ({ granted, waitMs });

function slotOf(pacer: Pacer, perMinute = 60, maxWaitMs = 1e9): Slot {
  const slot = pacer.take(perMinute, maxWaitMs);
  if (!slot.granted) throw new Error('expected a slot');
  return slot;
}

/** A call that is throttled takes next to nothing of the pace here, so that only the refusal shows. */
const throttle = (pacer: Pacer, retryAfterMs?: number) => slotOf(pacer, 1e9).settle('refused', retryAfterMs);

describe('a fresh process', () => {
  it("has one minute's worth of calls at once, and then one at a time", () => {
    const { clock, pacer } = pacerAt();
    for (let i = 0; i < 40; i += 1) expect(seen(pacer.take(40, 0))).toEqual({ granted: true, waitMs: 0 });
    expect(seen(pacer.take(40, 0))).toEqual({ granted: false, waitMs: 1_500 });
    expect(seen(pacer.take(40, 1_500))).toEqual({ granted: true, waitMs: 1_500 });
    expect(seen(pacer.take(40, 5_000))).toEqual({ granted: true, waitMs: 3_000 });
    clock.now += 60_000;
    expect(seen(pacer.take(40, 0))).toEqual({ granted: true, waitMs: 0 });
  });

  it('makes at most twice its rate in its first minute', () => {
    const { clock, pacer } = pacerAt();
    let calls = 0;
    for (const end = clock.now + 60_000; clock.now < end; clock.now += 10) if (pacer.take(40, 0).granted) calls += 1;
    expect(calls).toBeGreaterThanOrEqual(79);
    expect(calls).toBeLessThanOrEqual(80);
  });
});

describe('a call that cannot wait as long', () => {
  it('takes no slot from those behind it', () => {
    const { pacer } = pacerAt();
    for (let i = 0; i < 60; i += 1) pacer.take(60, 0);
    for (let i = 0; i < 10; i += 1) pacer.take(60, 500);
    expect(seen(pacer.take(60, 1_000))).toEqual({ granted: true, waitMs: 1_000 });
  });
});

describe('a throttled process', () => {
  it('goes at half its pace for a minute', () => {
    const { clock, pacer } = pacerAt();
    throttle(pacer);
    let burst = 0;
    while (pacer.take(40, 0).granted) burst += 1;
    expect(burst).toBeLessThanOrEqual(20);
    pacer.take(40, 60_000);
    expect(pacer.take(40, 60_000).waitMs).toBeGreaterThan(1_500);
    clock.now += 60_000;
    expect(pacer.take(40, 60_000)).toMatchObject({ granted: true });
  });
});

describe('a process that is throttled still', () => {
  /** The pace it goes at, from the time between two slots of an empty bucket. */
  function paceOf(pacer: Pacer): number {
    while (pacer.take(60, 0).granted);
    const [first, second] = [pacer.take(60, 1e9).waitMs, pacer.take(60, 1e9).waitMs];
    return 60_000 / (second - first);
  }

  it('halves its pace again each minute, and takes each halving back in a minute without a refusal', () => {
    const { clock, pacer } = pacerAt();
    const paces: number[] = [];
    for (let minute = 0; minute < 3; minute += 1) {
      throttle(pacer);
      throttle(pacer);
      paces.push(Math.round(paceOf(pacer)));
      clock.now += 59_999;
      throttle(pacer);
      clock.now += 1;
    }
    expect(paces).toEqual([30, 15, 8]);
    for (const pace of [8, 15, 30, 60]) {
      expect(Math.round(paceOf(pacer))).toBe(pace);
      clock.now += 60_000;
    }
  });

  it('makes a call now and then, however slow it has become', () => {
    const { clock, pacer } = pacerAt();
    for (let minute = 0; minute < 20; minute += 1) {
      throttle(pacer);
      clock.now += 60_000 - 1;
      throttle(pacer);
      clock.now += 1;
    }
    expect(seen(pacer.take(1, 0))).toEqual({ granted: true, waitMs: 0 });
    expect(pacer.take(1, 65 * 60_000).granted).toBe(true);
  });
});

it('never grants more than the bucket and the rate allow, in the order of asking, whatever is asked', () => {
  const asks = fc.array(fc.record({ pauseMs: fc.nat(3_000), maxWaitMs: fc.nat(10_000) }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), asks, (perMinute, list) => {
      const { clock, pacer } = pacerAt();
      const start = clock.now;
      const slots: number[] = [];
      for (const { pauseMs, maxWaitMs } of list) {
        clock.now += pauseMs;
        const slot = pacer.take(perMinute, maxWaitMs);
        if (slot.granted) slots.push(clock.now + slot.waitMs);
        expect(slot.granted).toBe(slot.waitMs <= maxWaitMs);
      }
      expect(slots).toEqual([...slots].sort((a, b) => a - b));
      slots.forEach((at, index) => {
        expect(index + 1).toBeLessThanOrEqual(perMinute + ((at - start) * perMinute) / 60_000 + 1e-6);
      });
    }),
  );
});

describe('a slot', () => {
  it('that is waited for is void once a refusal has come', () => {
    const { pacer } = pacerAt();
    const first = slotOf(pacer, 1);
    const waited = slotOf(pacer, 1);
    expect([waited.waitMs, waited.depart()]).toEqual([60_000, true]);
    first.settle('refused');
    expect(waited.depart()).toBe(false);
  });

  it('that was not used is there for the next one', () => {
    const { pacer } = pacerAt();
    slotOf(pacer, 1).settle('unused');
    expect(slotOf(pacer, 1).waitMs).toBe(0);
    expect(slotOf(pacer, 1).waitMs).toBe(60_000);
  });

  it.each(['admitted', 'lost'] as const)('that was used is counted, be the call %s', (outcome) => {
    const { pacer } = pacerAt();
    slotOf(pacer, 1).settle(outcome);
    expect(slotOf(pacer, 1).waitMs).toBe(60_000);
  });
});

describe('a Retry-After', () => {
  it.each([
    [0, 1_000],
    [20_000, 20_000],
    [86_400_000, 300_000],
  ])('of %i ms holds every call for %i ms, and halves no pace', (retryAfterMs, heldMs) => {
    const { clock, pacer } = pacerAt();
    throttle(pacer, retryAfterMs);
    expect(seen(pacer.take(60, heldMs - 1))).toEqual({ granted: false, waitMs: heldMs });
    clock.now += heldMs;
    for (let i = 0; i < 30; i += 1) expect(slotOf(pacer).waitMs).toBe(0);
  });

  it('voids the slots that are waited for, and a shorter one does not end a longer one', () => {
    const { pacer } = pacerAt();
    const waited = slotOf(pacer);
    slotOf(pacer).settle('admitted', 10_000);
    expect(waited.depart()).toBe(false);
    throttle(pacer, 2_000);
    expect(slotOf(pacer).waitMs).toBe(10_000);
  });
});
