import { describe, expect, it } from 'vitest';
import { main } from '../../local/probe.ts';
import { slow } from '../../local/vod/faults.ts';
import { LIMIT_KINDS, type LimitKind } from '../../local/vod/minute-limit.ts';
import { startVodStandIn, type VodStandIn, type VodStandInOptions } from '../../local/vod/stand-in.ts';
import type { Input } from '../../scripts/command.ts';
import { ended, typed } from '../helpers/command.ts';
import { inVirtualTime } from '../helpers/virtual-time.ts';
import { ACCOUNT } from './samples.ts';

interface Probing extends Partial<VodStandInOptions> {
  readonly argv?: readonly string[];
  readonly stdin?: Input;
  readonly before?: (vod: VodStandIn) => void;
}

/** Runs the command as for a real VOD, which is a stand-in with these options. */
async function probe({ argv = ['--yes'], stdin, before, ...options }: Probing = {}) {
  const vod = await startVodStandIn({ accounts: [ACCOUNT], ...options });
  const env = {
    VOD_ENDPOINT: vod.origin,
    HUAWEICLOUD_SDK_AK: ACCOUNT.ak,
    HUAWEICLOUD_SDK_SK: ACCOUNT.sk,
    HUAWEICLOUD_SDK_PROJECT_ID: ACCOUNT.projectId,
  };
  try {
    before?.(vod);
    return { ...(await inVirtualTime(() => ended(main, argv, env, stdin))), calls: vod.calls.length };
  } finally {
    await vod.close();
  }
}

const FINDINGS: Readonly<Record<LimitKind, readonly [window: RegExp, refusedCallsCount: RegExp]>> = {
  'sliding, refused calls count': [/any 60 s/, /yes/],
  'sliding, refused calls do not count': [/any 60 s/, /no\n/],
  'fixed window': [/whole minutes/, /not applicable/],
  'token bucket': [/bucket/, /not applicable/],
};

describe('npm run probe', () => {
  const cases = (Object.keys(LIMIT_KINDS) as LimitKind[]).flatMap((limitKind) =>
    [100, 60, 30].map((callsPerMinute) => ({ limitKind, callsPerMinute })),
  );

  it.each(cases)('finds $callsPerMinute, $limitKind', async ({ limitKind, callsPerMinute }) => {
    const { status, stdout, calls } = await probe({ limitKind, callsPerMinute });
    const [window, refused] = FINDINGS[limitKind];
    expect(stdout).toMatch(new RegExp(`^window +.*${window.source}`));
    expect(stdout).toMatch(new RegExp(`refused calls count +.*${refused.source}`));
    expect(stdout).toMatch(new RegExp(`calls made +${calls}\n$`));
    const found = Number(/calls a minute +(\d+)/.exec(stdout)?.[1]);
    expect(Math.abs(found - callsPerMinute)).toBeLessThanOrEqual(limitKind === 'token bucket' ? 1 : 0);
    expect([status, calls <= 130]).toEqual([0, true]);
  });

  it('takes a fixed window that begins with the first call for one', async () => {
    const { stdout } = await probe({ limitKind: 'fixed window', clock: { now: () => Date.now() - 5_000 } });
    expect(stdout).toMatch(/whole minutes/);
    expect(stdout).toMatch(/calls a minute +100\n/);
  });

  it.each([
    ['none', 'throttled'],
    ['1 s', 'throttled-retry-after'],
  ] as const)('tells a Retry-After: %s', async (told, fault) => {
    const { stdout } = await probe({
      before: (vod) => {
        // The first calls are answered normally.
        vod.inject(slow(0), { times: 20 });
        vod.inject(fault);
      },
    });
    expect(stdout).toMatch(new RegExp(`Retry-After +${told}\n`));
  });

  it('says so when nothing is refused', async () => {
    const { status, stdout, calls } = await probe({ callsPerMinute: 1_000 });
    expect(stdout).toMatch(/more than 114: nothing was refused/);
    expect([status, calls]).toEqual([0, 114]);
  });

  it.each([
    ['a key that is wrong', 'unauthorized-echo', /APIGW\.0301/],
    ['a limit that is used up', 'throttled', /first call/],
    ['a lost answer', 'reset-before-read', /VOD_CONNECTION_LOST/],
  ] as const)('ends at the first call with %s', async (_, fault, message) => {
    const { status, stdout, stderr, calls } = await probe({ before: (vod) => vod.inject(fault) });
    expect([status, stdout, calls]).toEqual([1, '', 1]);
    expect(stderr).toMatch(message);
  });

  it.each([
    ['n', typed('n\n')],
    ['nothing', typed('')],
  ])('sends nothing when the answer is %s', async (_, stdin) => {
    const { status, stderr, calls } = await probe({ argv: [], stdin });
    expect([status, calls]).toEqual([1, 0]);
    expect(stderr).toMatch(/REAL VOD.*\[y\/N\] .*nothing was sent/s);
  });

  it('sends nothing if stdin is not a terminal', async () => {
    const { status, stderr, calls } = await probe({ argv: [] });
    expect([status, calls]).toEqual([1, 0]);
    expect(stderr).toMatch(/REAL VOD.*\nprobe: nothing was sent: stdin is not a terminal[^\n]* --yes /);
  });

  it('goes on when the answer is yes', async () => {
    const { status, stdout } = await probe({ argv: [], stdin: typed('y\n'), callsPerMinute: 30 });
    expect(stdout).toMatch(/calls a minute +30/);
    expect(status).toBe(0);
  });
});
