import { describe, expect, it } from 'vitest';
import { openQuestion, settle } from '../../../lib/cancel/settle.ts';
import type { AssetStatus, Attempt, Verdict } from '../../../lib/cancel/vod-port.ts';

const CODES = {
  not_queued: 'VOD.10083',
  not_found: 'VOD.10062',
  lost: 'VOD_TIMEOUT',
  internal: 'VOD.10051',
  throttled: 'APIGW.0308',
  refused: 'APIGW.0301',
  unreachable: 'VOD_UNREACHABLE',
  untrusted: 'VOD_UNREACHABLE',
  undocumented: 'VOD_BAD_RESPONSE',
  undocumented_retryable: 'VOD_BAD_RESPONSE',
  rejected: 'VOD.10053',
} as const satisfies Record<Exclude<Verdict, 'cancelled'>, string>;

const attempt = (verdict: Verdict): Attempt =>
  verdict === 'cancelled' ? { verdict } : { verdict, error: { code: CODES[verdict], message: 'm' } };

const READS: Readonly<Record<string, AssetStatus | undefined>> = {
  UN_TRANSCODE: { transcodeStatus: 'UN_TRANSCODE', uploading: false },
  'UN_TRANSCODE and CREATING': { transcodeStatus: 'UN_TRANSCODE', uploading: true },
  WAITING_TRANSCODE: { transcodeStatus: 'WAITING_TRANSCODE', uploading: false },
  TRANSCODING: { transcodeStatus: 'TRANSCODING', uploading: false },
  TRANSCODE_SUCCEED: { transcodeStatus: 'TRANSCODE_SUCCEED', uploading: false },
  TRANSCODE_FAILED: { transcodeStatus: 'TRANSCODE_FAILED', uploading: false },
  unreadable: undefined,
};

describe('the truth table of a status read', () => {
  const rows: readonly (readonly [readonly Verdict[], Readonly<Record<string, string>>])[] = [
    [
      ['not_queued'],
      {
        UN_TRANSCODE: 'not_queued',
        'UN_TRANSCODE and CREATING': 'too_early',
        WAITING_TRANSCODE: 'too_early',
        TRANSCODING: 'not_queued',
        TRANSCODE_SUCCEED: 'not_queued',
        TRANSCODE_FAILED: 'not_queued',
        unreadable: 'not_queued',
      },
    ],
    ...(
      [
        ['lost', 'not_queued'],
        ['internal', 'not_queued'],
        ['lost', 'throttled', 'not_queued'],
      ] as const
    ).map(
      (verdicts) =>
        [
          verdicts,
          {
            UN_TRANSCODE: 'cancelled_inferred',
            'UN_TRANSCODE and CREATING': 'too_early',
            WAITING_TRANSCODE: 'too_early',
            TRANSCODING: 'not_queued_after_doubt',
            TRANSCODE_SUCCEED: 'not_queued_after_doubt',
            TRANSCODE_FAILED: 'not_queued_after_doubt',
            unreadable: 'unsettled',
          },
        ] as const,
    ),
    ...(
      [
        ['lost'],
        ['lost', 'lost'],
        ['lost', 'throttled'],
        ['lost', 'internal'],
        ['internal', 'lost'],
        ['lost', 'unreachable'],
        ['lost', 'untrusted'],
        ['lost', 'undocumented'],
      ] as const
    ).map(
      (verdicts) =>
        [
          verdicts,
          {
            UN_TRANSCODE: 'cancelled_inferred',
            'UN_TRANSCODE and CREATING': 'unsettled',
            WAITING_TRANSCODE: 'unsettled',
            TRANSCODING: 'not_queued_after_doubt',
            TRANSCODE_SUCCEED: 'not_queued_after_doubt',
            TRANSCODE_FAILED: 'not_queued_after_doubt',
            unreadable: 'unsettled',
          },
        ] as const,
    ),
  ];

  for (const [verdicts, expected] of rows) {
    it.each(Object.entries(READS))(`${verdicts.join(', ')}, then a read of %s`, (name, status) => {
      const { reason } = settle(verdicts.map(attempt), status);
      expect(reason).toBe(expected[name]);
    });
  }
});

describe('a doubt that is weak', () => {
  const unread: Attempt = { ...attempt('lost'), reusedConnectionLost: true };

  it.each<readonly [string, readonly Attempt[]]>([
    ['before VOD.10083', [unread, attempt('not_queued')]],
    ['and nothing after it', [unread, unread]],
  ])('%s does not make a cancel of an empty queue', (_name, attempts) => {
    const { reason, error } = settle(attempts, READS['UN_TRANSCODE']);
    expect(reason).toBe('not_queued_after_doubt');
    expect(error).toEqual(attempts.at(-1)?.error);
  });

  it.each(['lost', 'internal'] as const)('is full doubt beside another doubt: %s', (verdict) => {
    for (const attempts of [
      [unread, attempt(verdict), attempt('not_queued')],
      [attempt(verdict), unread, attempt('not_queued')],
    ]) {
      expect(settle(attempts, READS['UN_TRANSCODE']).reason).toBe('cancelled_inferred');
    }
  });

  it.each(Object.entries(READS).filter(([name]) => name !== 'UN_TRANSCODE'))(
    'reads like full doubt where the status is %s',
    (_name, status) => {
      for (const last of [[], [attempt('not_queued')]]) {
        const full = settle([attempt('lost'), ...last], status);
        expect(settle([unread, ...last], status)).toEqual(full);
      }
    },
  );
});

describe('an answer of VOD that says more than its verdict', () => {
  it('is "unavailable" where a failing VOD says when to come again', () => {
    const attempts = [{ ...attempt('internal'), retryAfterMs: 4_200 }];
    expect(settle(attempts, undefined)).toMatchObject({ reason: 'unavailable', retryAfterSeconds: 5 });
  });

  it('is "clock off" where the key was refused and the clocks are apart', () => {
    expect(settle([{ ...attempt('refused'), clockIsOff: true }], undefined).reason).toBe('clock_off');
  });
});

describe('what needs no status read', () => {
  it.each([
    [['cancelled'], 'cancelled'],
    [['lost', 'cancelled'], 'cancelled'],
    [['not_found'], 'not_found'],
    [['lost', 'not_found'], 'not_found'],
    [['lost', 'refused'], 'refused'],
    [['lost', 'rejected'], 'vod_error'],
    [['internal'], 'vod_internal'],
    [['internal', 'internal'], 'vod_internal'],
    [['throttled'], 'throttled'],
    [['unreachable'], 'unreachable'],
    [['untrusted'], 'untrusted'],
    [['internal', 'untrusted'], 'untrusted'],
    [['refused'], 'refused'],
    [['undocumented'], 'undocumented'],
    [['undocumented_retryable'], 'undocumented_retryable'],
  ] as const)('%j is %s', (verdicts, reason) => {
    const attempts = verdicts.map(attempt);
    expect(openQuestion(attempts)).toBeUndefined();
    expect(settle(attempts, undefined)).toMatchObject({ reason, attempts: verdicts.length });
  });
});

describe('what the conclusion carries', () => {
  it.each(['throttled', 'unreachable', 'untrusted', 'refused', 'rejected'] as const)(
    'does not say that nothing was cancelled where an attempt before "%s" is in doubt',
    (verdict) => {
      expect(settle([attempt('internal'), attempt(verdict)], undefined).detail).toContain('may have cancelled');
      expect(settle([attempt(verdict)], undefined).detail).toBeUndefined();
    },
  );

  it('may have cancelled the task by any attempt that is in doubt, not only the one before the last', () => {
    const { detail } = settle([attempt('internal'), attempt('throttled'), attempt('unreachable')], undefined);
    expect(detail).toContain('may have cancelled');
  });

  it.each<readonly [Verdict[], string]>([
    [['lost', 'not_queued'], 'VOD.10083'],
    [['lost', 'internal'], 'VOD_TIMEOUT'],
    [['lost', 'throttled', 'unreachable'], 'VOD_TIMEOUT'],
    [['throttled'], 'APIGW.0308'],
    [['internal', 'internal', 'throttled'], 'APIGW.0308'],
    [['lost', 'not_found'], 'VOD.10062'],
  ])('after %j has the error %s: that of the lost answer if it is the question, else of the last one', (all, code) => {
    expect(settle(all.map(attempt), READS['unreadable']).error?.code).toBe(code);
  });

  it('has no error when it was cancelled, be it inferred', () => {
    expect(settle([attempt('cancelled')], undefined).error).toBeUndefined();
    expect(settle([attempt('lost')], READS['UN_TRANSCODE']).error).toBeUndefined();
  });

  it("keeps the id of VOD's last answer, also when no answer followed it", () => {
    const answered = { ...attempt('internal'), vodRequestId: 'a1' };
    expect(settle([answered, attempt('lost')], undefined).vodRequestId).toBe('a1');
    expect(settle([answered, attempt('throttled')], undefined).vodRequestId).toBeUndefined();
  });

  it.each([
    ['UN_TRANSCODE', /cancelled before.*none/],
    ['TRANSCODING', /running/],
    ['TRANSCODE_SUCCEED', /done/],
    ['TRANSCODE_FAILED', /failed/],
  ])('says in words what the status %s means for a task that is not queued', (name, words) => {
    expect(settle([attempt('not_queued')], READS[name]).detail).toMatch(words);
  });

  it.each(['WAITING_TRANSCODE', 'UN_TRANSCODE and CREATING'])(
    'says that a lost cancel may still take effect where the status read finds the task waiting: %s',
    (name) => {
      const { reason, detail } = settle([attempt('lost')], READS[name]);
      expect(reason).toBe('unsettled');
      expect(detail).toMatch(/still waits.*may take effect later/);
    },
  );

  it('has no exact sentence where the status could not be read', () => {
    for (const verdicts of [['lost'], ['not_queued'], ['lost', 'not_queued']] as const) {
      expect(settle(verdicts.map(attempt), READS['unreadable']).detail).toBeUndefined();
    }
  });

  it.each([
    [undefined, undefined],
    [0, 0],
    [1_000, 1],
    [1_001, 2],
  ])('rounds a Retry-After of %s ms up to %s s', (retryAfterMs, retryAfterSeconds) => {
    expect(settle([{ ...attempt('throttled'), retryAfterMs }], undefined)).toMatchObject({
      reason: 'throttled',
      retryAfterSeconds,
    });
  });

  it('has the status that was read', () => {
    expect(settle([attempt('not_queued')], READS['TRANSCODING']).transcodeStatus).toBe('TRANSCODING');
    expect(settle([attempt('not_queued')], undefined).transcodeStatus).toBeUndefined();
  });

  it('needs an attempt', () => {
    expect(openQuestion([])).toBeUndefined();
    expect(() => settle([], undefined)).toThrow(new TypeError('settle needs an attempt'));
  });
});
