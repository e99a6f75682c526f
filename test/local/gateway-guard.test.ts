import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../local/gateway/guard.ts';

const ORIGIN = 'http://127.0.0.1:8080';
const OWN = { host: '127.0.0.1:8080' };

describe('the guard', () => {
  it.each([{}, { origin: ORIGIN }, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-origin', origin: ORIGIN }])(
    'lets through %j',
    (headers) => {
      expect(refusalOf({ ...OWN, ...headers }, ORIGIN)).toBeUndefined();
    },
  );

  it.each([
    undefined,
    '',
    '127.0.0.1',
    '127.0.0.1:80801',
    'localhost:8080',
    '[::1]:8080',
    'evil.example:8080',
    '127.0.0.1:8080.evil.example',
  ])('refuses the host %j', (host) => {
    expect(refusalOf(host === undefined ? {} : { host }, ORIGIN)).toBe('The Host header must be 127.0.0.1:8080.');
  });

  it.each(['null', '', 'https://evil.example', 'http://127.0.0.1', 'https://127.0.0.1:8080', 'http://127.0.0.1:3000'])(
    'refuses the origin %j',
    (origin) => {
      expect(refusalOf({ ...OWN, origin }, ORIGIN)).toContain('another origin');
    },
  );

  it.each(['cross-site', 'same-site'])('refuses the site %s', (site) => {
    expect(refusalOf({ ...OWN, 'sec-fetch-site': site }, ORIGIN)).toContain('another site');
  });

  it('knows that port 80 is not written', () => {
    expect(refusalOf({ host: '127.0.0.1', origin: 'http://127.0.0.1' }, 'http://127.0.0.1:80')).toBeUndefined();
  });
});
