import fc from 'fast-check';
import { expect, it } from 'vitest';
import { traceIdOf } from '../../../lib/log/trace.ts';
import conformance from '../../vectors/w3c-traceparent.json' with { type: 'json' };

const cases = conformance.vectors.map(({ test, headers, outcome }, index) => ({
  name: `${index} ${test}`,
  headers,
  outcome,
}));

it.each(cases)('W3C conformance: $name', ({ headers, outcome }) => {
  const values = headers.filter(([name]) => name?.toLowerCase() === 'traceparent').map(([, value]) => value ?? '');
  expect(traceIdOf(values) === undefined ? 'restart' : 'continue').toBe(outcome);
});

it('gives the trace id', () => {
  expect(traceIdOf(['00-12345678901234567890123456789012-1234567890123456-01'])).toBe(
    '12345678901234567890123456789012',
  );
});

it('takes two headers for none', () => {
  const one = '00-12345678901234567890123456789012-1234567890123456-01';
  expect(traceIdOf([one, one])).toBeUndefined();
});

it('gives 32 hexadecimal digits or nothing, for any text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(traceIdOf([text]) ?? '0'.repeat(32)).toMatch(/^[0-9a-f]{32}$/);
    }),
  );
});

it('takes text of more than 512 characters for none', () => {
  const later = '01-12345678901234567890123456789012-1234567890123456-01-';
  expect(traceIdOf([later.padEnd(512, 'x')])).toBe('12345678901234567890123456789012');
  expect(traceIdOf([later.padEnd(513, 'x')])).toBeUndefined();
});
