import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Call, CallWindow, WINDOW_MS } from '../../../lib/limits/call-window.ts';
import { runs } from '../../helpers/properties.ts';

it('has the calls of the last window and those of them that were admitted, whatever happens in which order', () => {
  const step = fc.record({
    passMs: fc.oneof(fc.nat(5_000), fc.nat(3 * WINDOW_MS)),
    what: fc.constantFrom('add', 'admit', 'remove', 'look'),
    which: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let now = 0;
      const window = new CallWindow(() => now);
      window.tick();
      const pending: Call[] = [];
      let expected: Call[] = [];
      const add = (): void => {
        const call = window.add();
        pending.push(call);
        expected.push(call);
      };
      const remove = (call: Call): void => {
        window.remove(call);
        expected = expected.filter((other) => other !== call);
      };
      const settle = { admit: (call: Call) => window.admit(call), remove, look: () => undefined };
      for (const { passMs, what, which } of steps) {
        now += passMs;
        window.tick();
        if (what === 'add') add();
        else for (const call of pending.splice(which % (pending.length + 1), 1)) settle[what](call);
        expected = expected.filter(({ at }) => at > now - WINDOW_MS);
        expect(window.size).toBe(expected.length);
        expect(window.admitted).toBe(expected.filter(({ isAdmitted }) => isAdmitted).length);
        expect(expected.map((_, i) => window.timeOf(i))).toEqual(expected.map(({ at }) => at).reverse());
      }
    }),
    { numRuns: runs(300) },
  );
});

it('waits while the clock is set back, and continues from there', () => {
  let now = 1_000_000;
  const window = new CallWindow(() => now);
  window.tick();
  window.add();
  now = 0;
  expect(window.tick()).toBe(0);
  now = WINDOW_MS - 1;
  window.tick();
  expect(window.size).toBe(1);
  now = WINDOW_MS;
  window.tick();
  expect(window.size).toBe(0);
});

it('has no time of a call that was not made', () => {
  const window = new CallWindow(() => 0);
  expect(window.timeOf(0)).toBe(Number.NEGATIVE_INFINITY);
  window.tick();
  window.add();
  expect([window.timeOf(0), window.timeOf(1)]).toEqual([0, Number.NEGATIVE_INFINITY]);
});

it('counts the admission of a call only while it is in the window', () => {
  let now = 0;
  const window = new CallWindow(() => now);
  window.tick();
  const [late, inTime] = [window.add(), window.add()];
  now = WINDOW_MS - 1;
  window.tick();
  window.admit(inTime);
  expect(window.admitted).toBe(1);
  now = WINDOW_MS;
  window.tick();
  window.admit(late);
  expect([window.size, window.admitted]).toEqual([0, 0]);
});

it('forgets a call that was not made, also after it has left the window', () => {
  let now = 0;
  const window = new CallWindow(() => now);
  window.tick();
  const [first, second] = [window.add(), window.add()];
  window.remove(second);
  expect(window.size).toBe(1);
  now = WINDOW_MS;
  window.tick();
  window.add();
  window.remove(first);
  expect(window.size).toBe(1);
});
