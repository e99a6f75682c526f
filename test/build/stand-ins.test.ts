import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as leftOut from '../../build/diet/stand-ins/left-out.ts';
import { sortBy } from '../../build/diet/stand-ins/lodash.ts';
import { getLogger, LogLevel } from '../../build/diet/stand-ins/logger.ts';
import moment from '../../build/diet/stand-ins/moment.ts';
import url from '../../build/diet/stand-ins/url.ts';

/** Gives the libraries that the SDK itself would get. */
const sdkRequire = createRequire(createRequire(import.meta.url).resolve('@huaweicloud/huaweicloud-sdk-core'));
const real = {
  moment: sdkRequire('moment') as (date?: string | Date) => {
    utcOffset(minutes: number): { format(pattern: string): string };
  },
  lodash: sdkRequire('lodash') as { sortBy: typeof sortBy },
  url: sdkRequire('url') as { parse(address: string, query: boolean): { host: string; pathname: string } },
  logger: sdkRequire('./logger') as { LogLevel: Record<string, string> },
};

const FORMAT = 'YYYYMMDDTHHmmss';
const date = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

describe('moment', () => {
  it('formats any date up to the year 9999 as moment does', () => {
    fc.assert(
      fc.property(date, (value) => {
        const formatted = moment(value).utcOffset(0).format(FORMAT);
        expect(formatted).toBe(real.moment(value).utcOffset(0).format(FORMAT));
      }),
    );
  });

  it('reads an X-Sdk-Date as moment does', () => {
    fc.assert(
      fc.property(date, (value) => {
        const header = `${moment(value).format(FORMAT)}Z`;
        const read = moment(header).utcOffset(0).format(FORMAT);
        expect(read).toBe(real.moment(header).utcOffset(0).format(FORMAT));
        expect(`${read}Z`).toBe(header);
      }),
    );
  });

  it('takes the time of the call where it gets none', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-02T03:04:05Z') });
    expect(moment().utcOffset(0).format(FORMAT)).toBe('20260102T030405');
    expect(real.moment().utcOffset(0).format(FORMAT)).toBe('20260102T030405');
    vi.useRealTimers();
  });

  it.each(['', '2026-01-02', '20260102T030405', 'yesterday'])('refuses the date %j rather than guess', (text) => {
    expect(() => moment(text)).toThrow(RangeError);
  });

  it('refuses what the signer does not ask for', () => {
    expect(() => moment().utcOffset(60)).toThrow(RangeError);
    expect(() => moment().format('YYYY-MM-DD')).toThrow(RangeError);
  });
});

describe('lodash', () => {
  const key = fc.oneof(fc.constantFrom('host', 'Host', 'X-Sdk-Date', 'x-sdk-date'), fc.string({ unit: 'binary' }));

  it('sorts by a string key as lodash does, equal keys in their first order', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ key, place: fc.integer() })), (items) => {
        const byKey = (item: { readonly key: string }) => item.key.toLowerCase();
        const before = [...items];
        expect(sortBy(items, byKey)).toEqual(real.lodash.sortBy(items, byKey));
        expect(items).toEqual(before);
      }),
    );
  });
});

describe('url', () => {
  const host = fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9]{0,10}(\.[a-z][a-z0-9-]{0,10}[a-z0-9]){1,3}$/),
    fc.constantFrom('127.0.0.1', '[::1]', 'localhost'),
  );
  const port = fc.oneof(
    fc.constant(''),
    fc.integer({ min: 1, max: 65_535 }).map((number) => (number === 443 ? '' : `:${number}`)),
  );
  // A project id is percent-encoded before it gets here.
  const project = fc.string({ minLength: 1 }).map(encodeURIComponent);

  it('gives host and path as url.parse does', () => {
    fc.assert(
      fc.property(host, port, project, (name, suffix, id) => {
        fc.pre(!id.includes("'") && id !== '.' && id !== '..');
        const address = `https://${name}${suffix}/v1.0/${id}/asset/process`;
        const { host: theirHost, pathname } = real.url.parse(address, true);
        expect(url.parse(address)).toEqual({ host: theirHost, pathname });
      }),
    );
  });

  it('leaves an apostrophe as it is, which url.parse encodes and the signer then encodes again', () => {
    expect(url.parse("https://h/v1.0/it's/x").pathname).toBe("/v1.0/it's/x");
  });
});

describe('the logger', () => {
  it('knows the levels of the SDK and prints at none of them', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const log = vi.spyOn(console, 'log').mockReturnValue();
    vi.stubEnv('DEBUG', 'DEBUG');
    const logger = getLogger();
    for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level]();
    expect(LogLevel).toEqual(real.logger.LogLevel);
    expect(write).not.toHaveBeenCalled();
    expect(log).not.toHaveBeenCalled();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
});

describe('what is left out', () => {
  it.each([
    ['DefaultHttpClient', () => new leftOut.DefaultHttpClient()],
    ['IamService', () => new leftOut.IamService()],
    ['AuthCache', () => leftOut.AuthCache.instance()],
    ['DerivedAKSKSigner', () => leftOut.DerivedAKSKSigner.sign()],
    ['fs.readFileSync', () => leftOut.readFileSync('token')],
  ])('%s says so when it is used after all', (what, use) => {
    expect(use).toThrow(`${what} is left out of this bundle`);
  });
});
