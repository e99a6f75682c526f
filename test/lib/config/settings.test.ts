import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../lib/cancel/failure.ts';
import { readSettings } from '../../../lib/config/settings.ts';

const from = (values: Record<string, string>) => (name: string) => values[name] || undefined;
const read = (values: Record<string, string>) => readSettings([from({ VOD_REGION: 'cn-north-4', ...values })]);

const faultOf = (values: Record<string, string>): string => {
  try {
    read(values);
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    expect(error).toMatchObject({ reason: 'config', code: 'CONFIG' });
    return (error as Failure).detail ?? '';
  }
  return 'no fault';
};

it('has the documented defaults', () => {
  expect(read({})).toEqual({
    endpoint: 'https://vod.cn-north-4.myhuaweicloud.com',
    VOD_ATTEMPT_TIMEOUT_MS: 3000,
    VOD_MAX_ATTEMPTS: 3,
    VOD_DEADLINE_RESERVE_MS: 300,
    VOD_CALLS_PER_MINUTE: 100,
    VOD_CONCURRENCY: 10,
    VOD_ASSET_ID_PATTERN: /^[0-9a-f]{32}$/,
    SUPERSEDED_EVENT_TYPES: ['vod.upload.superseded'],
  });
});

it('takes each setting from the first source that has it', () => {
  const settings = readSettings([
    from({ VOD_REGION: 'ap-southeast-3', VOD_MAX_ATTEMPTS: '' }),
    from({ VOD_REGION: 'cn-north-4', VOD_MAX_ATTEMPTS: '5' }),
  ]);
  expect(settings).toMatchObject({ endpoint: 'https://vod.ap-southeast-3.myhuaweicloud.com', VOD_MAX_ATTEMPTS: 5 });
});

describe('whole numbers', () => {
  const limits: Readonly<Record<string, readonly [number, number]>> = {
    VOD_ATTEMPT_TIMEOUT_MS: [50, 60_000],
    VOD_MAX_ATTEMPTS: [1, 10],
    VOD_DEADLINE_RESERVE_MS: [0, 60_000],
    VOD_CALLS_PER_MINUTE: [1, 1_000_000],
    VOD_CONCURRENCY: [1, 1_000],
  };

  it.each(Object.entries(limits))('%s keeps to its limits', (name, [min, max]) => {
    expect(read({ [name]: String(min) })).toMatchObject({ [name]: min });
    expect(read({ [name]: String(max) })).toMatchObject({ [name]: max });
    for (const value of [String(min - 1), String(max + 1), '1.5', '1e2', 'many', ' 5', '5 ', '0x5', '-0', '∞']) {
      expect(faultOf({ [name]: value })).toContain(name);
    }
  });
});

describe('a fault', () => {
  it.each([
    ['VOD_REGION', 'evil.example/#'],
    ['VOD_REGION', 'CN-NORTH-4'],
    ['VOD_ENDPOINT', 'http://vod.cn-north-4.myhuaweicloud.com'],
    ['VOD_ENDPOINT', 'http://127.0.0.1.evil.example'],
    ['VOD_ENDPOINT', 'https://user:pass@vod.example'],
    ['VOD_ENDPOINT', 'https://vod.example/base'],
    ['VOD_ENDPOINT', 'https://vod.example/?q=1'],
    ['VOD_ENDPOINT', 'ftp://127.0.0.1'],
    ['VOD_ENDPOINT', 'vod.example'],
    ['VOD_ASSET_ID_PATTERN', '[0-9'],
    ['ASSET_ID_KEY_PATTERN', '[0-9'],
    ['ASSET_ID_KEY_PATTERN', '^superseded/([0-9a-f]{32})$'],
    ['SUPERSEDED_EVENT_TYPES', ' , ,'],
  ])('in %s names it and not its value (%s)', (name, value) => {
    const fault = faultOf({ [name]: value });
    expect(fault).toContain(name);
    expect(fault).not.toContain(value);
  });

  it('names every setting that has one', () => {
    expect(faultOf({ VOD_MAX_ATTEMPTS: '0', VOD_REGION: '?' })).toMatch(/VOD_REGION.*VOD_MAX_ATTEMPTS/);
  });

  it('is to name neither a region nor an endpoint', () => {
    expect(faultOf({ VOD_REGION: '' })).toContain('VOD_REGION');
  });

  it('is reported in our own words, with any value', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (value) => {
        expect(faultOf({ VOD_MAX_ATTEMPTS: value })).not.toContain(value);
      }),
    );
  });
});

describe('an endpoint', () => {
  it.each([
    ['https://vod.example', 'https://vod.example'],
    ['https://vod.example:8443/', 'https://vod.example:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.8.9.10:3000/', 'http://127.8.9.10:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('%s is %s and overrides the region', (value, endpoint) => {
    expect(read({ VOD_ENDPOINT: value }).endpoint).toBe(endpoint);
  });
});

it('splits the event types at commas and trims them', () => {
  expect(read({ SUPERSEDED_EVENT_TYPES: 'a.b, c.d ,,' }).SUPERSEDED_EVENT_TYPES).toEqual(['a.b', 'c.d']);
});
