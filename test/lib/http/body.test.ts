import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readJsonBody } from '../../../lib/http/body.ts';

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

it('reads a JSON object however it is encoded', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      const text = JSON.stringify(object);
      const expected = JSON.parse(text);
      expect(readJsonBody(text, false)).toEqual(expected);
      expect(readJsonBody(base64(text), true)).toEqual(expected);
      expect(readJsonBody(base64(text).replace(/=+$/, ''), true)).toEqual(expected);
      expect(readJsonBody(text, true)).toEqual(expected);
    }),
  );
});

it.each([undefined, null, '', ' ', '\n', '\r\n\t ', '\u00A0', '\uFEFF', 'null', ' null\n'])(
  'takes %j for no body',
  (body) => {
    expect(readJsonBody(body, false)).toBeUndefined();
    expect(readJsonBody(body, true)).toBeUndefined();
    if (typeof body === 'string') expect(readJsonBody(base64(body), true)).toBeUndefined();
  },
);

it('reads base64 in either alphabet, with or without padding, whatever white space is in it', () => {
  const spaces = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.string()),
      fc.boolean(),
      fc.boolean(),
      fc.infiniteStream(spaces),
      (object, forUrls, padded, between) => {
        const text = JSON.stringify(object);
        const encoded = Buffer.from(text)
          .toString(forUrls ? 'base64url' : 'base64')
          .replace(/=+$/, '');
        const whole = padded ? encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '=') : encoded;
        const spaced = Array.from(whole, (letter) => `${letter}${between.next().value}`).join('');
        expect(readJsonBody(spaced, true)).toEqual(JSON.parse(text));
      },
    ),
  );
});

it('reads JSON behind a byte order mark', () => {
  expect(readJsonBody('\uFEFF{"asset_id":"x"}', false)).toEqual({ asset_id: 'x' });
  expect(readJsonBody(base64('\uFEFF{"asset_id":"x"}'), true)).toEqual({ asset_id: 'x' });
});

it.each([
  ['not JSON', 'asset_id=1', false],
  ['an empty string', '""', false],
  ['a string', '"x"', false],
  ['an array', '[]', false],
  ['a number', '7', false],
  ['an object that is no text', { asset_id: 'x' }, false],
  ['base64 of no JSON', base64('hello'), true],
  ['bytes that are no UTF-8', base64(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])), true],
  ['cut short', '{"asset_id":', false],
])('refuses %s', (_name, body, flagged) => {
  expect(() => readJsonBody(body, flagged)).toThrow(expect.objectContaining({ code: 'INVALID_BODY' }));
});

it('takes 65,536 bytes and not one more, decoded', () => {
  const sized = (bytes: number): string => JSON.stringify({ a: 'é'.repeat((bytes - 8) / 2) });
  expect(Buffer.byteLength(sized(65_536))).toBe(65_536);
  for (const [text, flagged] of [
    [sized(65_536), false],
    [base64(sized(65_536)), true],
    [base64(sized(65_536)).replace(/.{76}/g, '$&\r\n'), true],
  ] as const) {
    expect(readJsonBody(text, flagged)).toBeDefined();
  }
  for (const [text, flagged] of [
    [sized(65_538), false],
    [base64(sized(65_538)), true],
    ['x'.repeat(6_000_000), true],
    ['A'.repeat(6_000_000), true],
  ] as const) {
    expect(() => readJsonBody(text, flagged)).toThrow(expect.objectContaining({ code: 'BODY_TOO_LARGE' }));
  }
});
