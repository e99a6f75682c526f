import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Account, Authenticator } from '../../local/vod/authentication.ts';
import { sdkDate, sign } from './client.ts';
import { ACCOUNT, ASSET, SetClock, TEMPORARY } from './samples.ts';

const HOST = 'vod.example.test';
const PATH = `/v1.0/${ACCOUNT.projectId}/asset/process`;
const MINUTE = 60_000;

interface Change {
  readonly method?: string;
  readonly path?: string;
  readonly query?: [string, string][];
  readonly headers?: Record<string, string | undefined>;
  readonly body?: string;
}

/** A cancel signed at `now`, then changed. */
function signed(account: Account, now: number, change: Change = {}) {
  const headers = sign(account, HOST, { method: 'DELETE', path: `${PATH}?asset_id=${ASSET}` }, now);
  const merged = Object.entries({ ...headers, ...change.headers }).filter(([, value]) => value !== undefined);
  return {
    method: 'DELETE',
    path: PATH,
    query: [['asset_id', ASSET]] as [string, string][],
    body: '',
    ...change,
    headers: Object.fromEntries(merged) as Record<string, string>,
  };
}

function messageOf(verdict: ReturnType<Authenticator['authenticate']>): string {
  if ('account' in verdict) return `accepted ${verdict.account.ak}`;
  const { status, body } = verdict.refusal;
  expect(status).toBe(401);
  expect(body).toMatchObject({ error_code: 'APIGW.0301' });
  return (body as { error_msg: string }).error_msg.replace('Incorrect IAM authentication information: ', '');
}

function setUp(accounts: readonly Account[] = [ACCOUNT, TEMPORARY]) {
  const clock = new SetClock();
  const authenticator = new Authenticator(accounts, clock);
  const ask = (account: Account, change?: Change) =>
    messageOf(authenticator.authenticate(signed(account, clock.now(), change)));
  return { clock, authenticator, ask };
}

describe('a signature', () => {
  it.each([ACCOUNT, TEMPORARY])('of $ak is accepted', (account) => {
    expect(setUp().ask(account)).toBe(`accepted ${account.ak}`);
  });

  it.each<[string, Change]>([
    ['the method', { method: 'POST' }],
    ['the path', { path: `${PATH}x` }],
    ['the query', { query: [['asset_id', ASSET.replace('8', '9')]] }],
    [
      'one parameter more',
      {
        query: [
          ['asset_id', ASSET],
          ['x', '1'],
        ],
      },
    ],
    ['the body', { body: '{}' }],
    ['the host', { headers: { host: 'other.example.test' } }],
    ['the content type', { headers: { 'content-type': 'text/plain' } }],
    ['the project id', { headers: { 'x-project-id': 'f'.repeat(32) } }],
    ['the date', { headers: { 'x-sdk-date': '20260102T030406Z' } }],
    ['a signed header that is gone', { headers: { 'content-type': undefined } }],
  ])('is refused when %s is not what was signed, and the answer tells what the gateway saw', (_part, change) => {
    const message = setUp().ask(ACCOUNT, change);
    expect(message).toMatch(/^verify aksk signature fail,canonicalRequest:(DELETE|POST)\|\/v1\.0\//);
    expect(message).toContain('|x-sdk-date:2026');
  });

  it('is refused whatever single part of the query is changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (assetId) => {
        fc.pre(assetId !== ASSET);
        expect(setUp().ask(ACCOUNT, { query: [['asset_id', assetId]] })).toMatch(/^verify aksk signature fail/);
      }),
    );
  });

  it('is refused when it was made with another secret', () => {
    expect(setUp().ask({ ...ACCOUNT, sk: 'another' })).toMatch(/^verify aksk signature fail/);
  });

  it('echoes the security token, as the real gateway does', () => {
    const message = setUp().ask(TEMPORARY, { body: '{}' });
    expect(message).toContain(`|x-security-token:${TEMPORARY.securityToken}|`);
  });

  it.each(['host', 'x-sdk-date', 'content-type', 'x-project-id', 'x-security-token'])(
    'must cover the header %s',
    (name) => {
      const { clock, authenticator } = setUp();
      const request = signed(TEMPORARY, clock.now());
      const authorization = (request.headers['authorization'] ?? '').replace(new RegExp(`${name};|;${name}(?=,)`), '');
      const headers = { ...request.headers, authorization };
      expect(messageOf(authenticator.authenticate({ ...request, headers }))).toMatch(/^verify aksk signature fail/);
    },
  );

  it('is refused when it is missing or malformed', () => {
    expect(setUp().ask(ACCOUNT, { headers: { authorization: undefined } })).toBe('x-auth-token not found');
    expect(setUp().ask(ACCOUNT, { headers: { authorization: 'Bearer x' } })).toBe('verify aksk signature fail');
  });

  it('of an unknown key is refused', () => {
    const message = setUp().ask({ ...ACCOUNT, ak: 'AK-UNKNOWN' });
    expect(message).toBe('Get secretKey failed,ak:AK-UNKNOWN,err:ak not exist');
  });
});

describe('the date', () => {
  it.each([
    [15 * MINUTE, 'accepted AK-EXAMPLE'],
    [-15 * MINUTE, 'accepted AK-EXAMPLE'],
    [15 * MINUTE + 1_000, 'signature expired'],
    [-15 * MINUTE - 1_000, 'signature expired'],
    [20 * MINUTE, 'signature expired'],
  ])('%i ms off gives "%s"', (offset, expected) => {
    const { clock, authenticator } = setUp();
    expect(messageOf(authenticator.authenticate(signed(ACCOUNT, clock.now() + offset)))).toBe(expected);
  });

  it.each([undefined, '', 'now', '2026-01-02T03:04:05.000Z', '20260230T030405Z', '20260102T030405'])(
    'is refused as %j',
    (date) => {
      expect(setUp().ask(ACCOUNT, { headers: { 'x-sdk-date': date } })).toBe('signature expired');
    },
  );

  it('is written as the helper of these tests writes it', () => {
    expect(sdkDate(Date.UTC(2026, 0, 2, 3, 4, 5))).toBe('20260102T030405Z');
  });
});

describe('the security token', () => {
  it('must be the account’s own', () => {
    expect(setUp().ask({ ...TEMPORARY, securityToken: 'another' })).toBe('decrypt token fail');
  });

  it('must be there for a temporary key', () => {
    const { securityToken: _, ...withoutToken } = TEMPORARY;
    expect(setUp().ask(withoutToken)).toBe('decrypt token fail');
  });

  it('must not be there for a permanent key', () => {
    expect(setUp().ask({ ...ACCOUNT, securityToken: 'any' })).toBe('decrypt token fail');
  });
});

describe('the lock', () => {
  const wrong = { ...ACCOUNT, sk: 'wrong' };

  it('comes after five refusals in a row and goes after five minutes', () => {
    const { clock, ask } = setUp();
    for (let refusal = 1; refusal <= 5; refusal += 1) expect(ask(wrong)).toMatch(/^verify aksk signature fail/);
    const locked = 'AK access failed to reach the limit,forbidden';
    expect(ask(ACCOUNT)).toBe(locked);
    expect(ask(TEMPORARY)).toBe('accepted AK-EXAMPLE-STS');
    clock.advance(5 * MINUTE - 1);
    expect(ask(ACCOUNT)).toBe(locked);
    clock.advance(1);
    expect(ask(ACCOUNT)).toBe('accepted AK-EXAMPLE');
  });

  it('does not come if a call was accepted in between', () => {
    const { ask } = setUp();
    for (let round = 0; round < 3; round += 1) {
      for (let refusal = 0; refusal < 4; refusal += 1) ask(wrong);
      expect(ask(ACCOUNT)).toBe('accepted AK-EXAMPLE');
    }
  });

  it('needs five refusals again once it has gone', () => {
    const { clock, ask } = setUp();
    for (let refusal = 0; refusal < 5; refusal += 1) ask(wrong);
    clock.advance(5 * MINUTE);
    for (let refusal = 0; refusal < 4; refusal += 1) ask(wrong);
    expect(ask(ACCOUNT)).toBe('accepted AK-EXAMPLE');
  });
});
