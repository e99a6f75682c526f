import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { parseRetryAfter } from '../../../lib/vod/retry-after.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

it.each([
  ['0', 1_000],
  ['7', 7_000],
  ['3600', 3_600_000],
  ['9999999999', 9_999_999_999_000],
  ['99999999999999999', 10_000_000_000_000],
  ['9'.repeat(400), 10_000_000_000_000],
  ['Fri, 02 Jan 2026 03:04:15 GMT', 10_000],
  ['Friday, 02-Jan-26 03:04:15 GMT', 10_000],
  ['Fri Jan  2 03:04:15 2026', 10_000],
  ['Fri, 02 Jan 2026 03:04:00 GMT', 1_000],
])('%s is %i ms', (value, ms) => {
  expect(parseRetryAfter(value, NOW)).toBe(ms);
});

it('a date without a time zone means GMT wherever the process is', () => {
  vi.stubEnv('TZ', 'Asia/Shanghai');
  expect(parseRetryAfter('Fri Jan  2 03:04:15 2026', NOW)).toBe(10_000);
});

it.each([undefined, '', '-1', '1.5', '1e9', ' 7', '7s', '2026-01-02', 'tomorrow', 'Fri, never at all GMT'])(
  '%j is none',
  (value) => {
    expect(parseRetryAfter(value, NOW)).toBeUndefined();
  },
);

it('gives back any date that HTTP can write', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 * 365 * 86_400 }), (seconds) => {
      const at = new Date(NOW + seconds * 1000).toUTCString();
      expect(parseRetryAfter(at, NOW)).toBe(Math.max(1, seconds) * 1000);
    }),
  );
});

it('is at least a second, or none, for any text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseRetryAfter(text, NOW) ?? 1_000).toBeGreaterThanOrEqual(1_000);
    }),
  );
});
