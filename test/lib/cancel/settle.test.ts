import { describe, expect, it } from 'vitest';
import { openQuestion, settle } from '../../../lib/cancel/settle.ts';
import type { Attempt, Verdict } from '../../../lib/cancel/vod-port.ts';
import { attempt, READS } from './attempts-made.ts';

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
        ['vod_internal', 'not_queued'],
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
        ['lost', 'vod_internal'],
        ['vod_internal', 'lost'],
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

  it.each(['lost', 'vod_internal'] as const)('is full doubt beside another doubt: %s', (verdict) => {
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
    const attempts = [{ ...attempt('vod_internal'), retryAfterMs: 4_200 }];
    expect(settle(attempts, undefined)).toMatchObject({ reason: 'unavailable', retryAfterMs: 4_200 });
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
    [['lost', 'vod_error'], 'vod_error'],
    [['vod_internal'], 'vod_internal'],
    [['vod_internal', 'vod_internal'], 'vod_internal'],
    [['throttled'], 'throttled'],
    [['unreachable'], 'unreachable'],
    [['untrusted'], 'untrusted'],
    [['vod_internal', 'untrusted'], 'untrusted'],
    [['refused'], 'refused'],
    [['undocumented'], 'undocumented'],
    [['undocumented_retryable'], 'undocumented_retryable'],
  ] as const)('%j is %s', (verdicts, reason) => {
    const attempts = verdicts.map(attempt);
    expect(openQuestion(attempts)).toBeUndefined();
    expect(settle(attempts, undefined)).toMatchObject({ reason, attempts: verdicts.length });
  });
});
