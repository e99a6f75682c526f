import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyIdOf, unprintablePart } from '../../../lib/vod/credentials.ts';

const KEY = { ak: 'AK-EXAMPLE', sk: 'SK-EXAMPLE' };

describe('a key that fits into headers', () => {
  it.each([
    ['without a token', KEY],
    ['with a token', { ...KEY, securityToken: 'TOKEN-EXAMPLE' }],
    ['with the first and the last printable character', { ak: '!', sk: '~' }],
    ['with the longest token', { ...KEY, securityToken: 'x'.repeat(16_384) }],
  ])('has no part to name: %s', (_, key) => {
    expect(unprintablePart(key)).toBeUndefined();
  });
});

describe('a key that does not fit into headers', () => {
  it.each([
    ['', 'is empty'],
    ['EXAMPLE\n', 'ends with a line break'],
    [' EXAMPLE', 'begins with a space'],
    ['EXAM\u007fPLE', 'has a control character'],
    ['EXÄMPLE', 'is not ASCII'],
    ['x'.repeat(16_385), 'is too long'],
  ])('is named by its part: %j %s', (text) => {
    expect(unprintablePart({ ...KEY, ak: text })).toBe('AK');
    expect(unprintablePart({ ...KEY, sk: text })).toBe('SK');
    expect(unprintablePart({ ...KEY, securityToken: text })).toBe('SECURITY_TOKEN');
  });

  it('is named by its first part', () => {
    expect(unprintablePart({ ak: '', sk: '', securityToken: '' })).toBe('AK');
  });
});

describe('the digest of a key', () => {
  it.each([
    ['without a token', KEY, '10:AK-EXAMPLE10:SK-EXAMPLE0:'],
    ['with a token', { ...KEY, securityToken: 'TOKEN' }, '10:AK-EXAMPLE10:SK-EXAMPLE5:TOKEN'],
  ])('is the SHA-256 of its parts and their lengths: %s', (_, key, text) => {
    expect(keyIdOf(key)).toBe(hash('sha256', text, 'hex'));
  });
});
