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

it('stands still while the clock is set back, and goes on from there', () => {
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
