import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utcTime } from '../../lib/time.ts';

const time = fc.date({
  min: new Date('1000-01-01T00:00:00.000Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

it('is what toISOString gives, in any of nine thousand years', () => {
  fc.assert(
    fc.property(time, (value) => {
      expect(utcTime(value)).toBe(value.toISOString());
    }),
  );
});
