import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pacer } from '../../../lib/resilience/pacer.ts';

function pacerAt(start = 1_000_000) {
  const clock = { now: start };
  return { clock, pacer: new Pacer(() => clock.now) };
}

describe('a fresh process', () => {
  it("has one minute's worth of calls at once, and then one at a time", () => {
    const { clock, pacer } = pacerAt();
    for (let i = 0; i < 40; i += 1) expect(pacer.take(40, 0)).toEqual({ granted: true, waitMs: 0 });
    expect(pacer.take(40, 0)).toEqual({ granted: false, waitMs: 1_500 });
    expect(pacer.take(40, 1_500)).toEqual({ granted: true, waitMs: 1_500 });
    expect(pacer.take(40, 5_000)).toEqual({ granted: true, waitMs: 3_000 });
    clock.now += 60_000;
    expect(pacer.take(40, 0)).toEqual({ granted: true, waitMs: 0 });
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
    expect(pacer.take(60, 1_000)).toEqual({ granted: true, waitMs: 1_000 });
  });
});

describe('a throttled process', () => {
  it('goes at half its pace for a minute', () => {
    const { clock, pacer } = pacerAt();
    pacer.slowDown();
    let burst = 0;
    while (pacer.take(40, 0).granted) burst += 1;
    expect(burst).toBeLessThanOrEqual(20);
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
      pacer.slowDown();
      pacer.slowDown();
      paces.push(Math.round(paceOf(pacer)));
      clock.now += 59_999;
      pacer.slowDown();
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
      pacer.slowDown();
      clock.now += 60_000 - 1;
      pacer.slowDown();
      clock.now += 1;
    }
    expect(pacer.take(1, 0)).toEqual({ granted: true, waitMs: 0 });
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
