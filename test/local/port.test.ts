import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPort } from '../../local/port.ts';

it('takes every port there is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65_535 }), (port) => {
      expect(readPort(String(port))).toBe(port);
    }),
  );
});

it.each([undefined, ''])('takes %j for not set', (text) => {
  expect(readPort(text)).toBe(8080);
});

it.each(['abc', '-1', '65536', '1.5', '0x50', ' 80', '80 ', '1e3', '123456', 'NaN'])('refuses %j', (text) => {
  expect(() => readPort(text)).toThrow('PORT must be a whole number from 0 to 65535.');
});
