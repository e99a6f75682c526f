import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseAssetId, givenIds, isAssetId } from '../../../lib/cancel/asset-id.ts';
import { ASSET_ID as ID } from '../../helpers/contexts.ts';

const PATTERN = /^[0-9a-f]{32}$/;
const OTHER = '41cff636d5b12a51e7eb2838bbf45201';

describe('the one id of a request', () => {
  it.each([[[ID]], [[undefined, ID, null, '']], [[ID, ID, ID]]])('is found in %j', (candidates) => {
    expect(chooseAssetId(givenIds(candidates), PATTERN)).toBe(ID);
  });

  it.each([
    [[], 'MISSING_ASSET_ID'],
    [[undefined, null, ''], 'MISSING_ASSET_ID'],
    [[ID, OTHER], 'CONFLICTING_ASSET_ID'],
    [[ID, ID.toUpperCase()], 'CONFLICTING_ASSET_ID'],
    [[ID.toUpperCase()], 'INVALID_ASSET_ID'],
    [[ID.slice(1)], 'INVALID_ASSET_ID'],
    [[`${ID}0`], 'INVALID_ASSET_ID'],
    [[`${ID},${OTHER}`], 'INVALID_ASSET_ID'],
    [[`${ID}\r\n`], 'INVALID_ASSET_ID'],
    [[`${ID}\n`], 'INVALID_ASSET_ID'],
    [['８50883081a2e7255715ef81ae7c34338'], 'INVALID_ASSET_ID'],
    [['__proto__'], 'INVALID_ASSET_ID'],
    [['constructor'], 'INVALID_ASSET_ID'],
    [[42], 'INVALID_ASSET_ID'],
    [[true], 'INVALID_ASSET_ID'],
    [[[ID]], 'INVALID_ASSET_ID'],
    [[{ asset_id: ID }], 'INVALID_ASSET_ID'],
  ])('is refused in %j', (candidates, code) => {
    expect(() => chooseAssetId(givenIds(candidates), PATTERN)).toThrow(expect.objectContaining({ code }));
  });
});

describe('whatever the pattern', () => {
  it('a lone surrogate cannot be signed and is no id', () => {
    expect(isAssetId('a\ud800b', /./)).toBe(false);
    expect(isAssetId('a😀b', /./)).toBe(true);
  });

  it('an id is not longer than 256 characters', () => {
    expect(isAssetId('a'.repeat(256), /./)).toBe(true);
    expect(isAssetId('a'.repeat(257), /./)).toBe(false);
  });
});

it('passes only what meets the pattern, whatever is given', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      if (isAssetId(value, PATTERN)) expect(value).toMatch(PATTERN);
    }),
  );
});
