import { expect, it } from 'vitest';
import { parseTarget } from '../../local/vod/calls.ts';

it('a plus sign in a query is a plus sign, and %20 is a space', () => {
  const { path, query } = parseTarget('/v1.0/a%20b?one=1+2&two=1%202&three=1%2B2?');
  expect(path).toBe('/v1.0/a b');
  expect(Object.fromEntries(query)).toEqual({ one: '1+2', two: '1 2', three: '1+2?' });
});
