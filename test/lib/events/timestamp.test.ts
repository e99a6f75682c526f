import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../lib/events/timestamp.ts';

describe('a time of RFC 3339', () => {
  it.each([
    // The examples of RFC 3339 §5.8.
    ['1985-04-12T23:20:50.52Z', Date.UTC(1985, 3, 12, 23, 20, 50, 520)],
    ['1996-12-19T16:39:57-08:00', Date.UTC(1996, 11, 20, 0, 39, 57)],
    ['1990-12-31T23:59:60Z', Date.UTC(1991, 0, 1)],
    ['1990-12-31T15:59:60-08:00', Date.UTC(1991, 0, 1)],
    ['1937-01-01T12:00:27.87+00:20', Date.UTC(1937, 0, 1, 11, 40, 27, 870)],
    ['2024-02-29t00:00:00z', Date.UTC(2024, 1, 29)],
    ['2026-01-01T00:00:00-00:00', Date.UTC(2026, 0, 1)],
    ['9999-12-31T23:59:59.999999999Z', Date.UTC(9999, 11, 31, 23, 59, 59) + 999.999999],
  ])('%s', (text, instant) => {
    expect(parseTimestamp(text)).toBeCloseTo(instant, 3);
  });

  it('is what toISOString writes', () => {
    const instants = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(instants, (date) => parseTimestamp(date.toISOString()) === date.getTime()));
  });
});

it.each([
  '',
  'now',
  '2026-03-01',
  '2026-03-01T12:00Z',
  '2026-03-01T12:00:00',
  '2026-03-01 12:00:00Z',
  '2026-03-01T12:00:00.Z',
  '2026-03-01T12:00:00,5Z',
  '2026-03-01T24:00:00Z',
  '2026-03-01T12:60:00Z',
  '2026-03-01T12:00:61Z',
  '2026-03-01T12:00:00+24:00',
  '2026-03-01T12:00:00+0100',
  '2026-02-29T12:00:00Z',
  '2026-02-30T12:00:00Z',
  '2026-13-01T12:00:00Z',
  '2026-00-01T12:00:00Z',
  '2026-03-00T12:00:00Z',
  '+002026-03-01T12:00:00Z',
  ' 2026-03-01T12:00:00Z',
  '2026-03-01T12:00:00Z\n',
  '1772366400',
])('%j is none', (text) => {
  expect(parseTimestamp(text)).toBeUndefined();
});
