import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pacer, type SlotOutcome } from '../../../lib/limits/pacer.ts';

let startedAt: number;

beforeEach(() => {
  vi.useFakeTimers();
  startedAt = Date.now();
});

afterEach(() => {
  vi.useRealTimers();
});

/** What VOD answers after 50 ms, by letter; `h` is a Retry-After of 30 s. */
const OUTCOMES: Readonly<Record<string, SlotOutcome>> = {
  a: 'admitted',
  r: 'refused',
  l: 'lost',
  u: 'unused',
  h: 'refused',
};

const msSinceStart = (): number => Date.now() - startedAt;

/** One process. Its calls are answered in order by letters, and admitted once these are used up. */
function processOf(limit: number, answers: string, randoms: readonly number[] = [0.5]) {
  let drawn = 0;
  const random = (): number => {
    drawn += 1;
    return randoms[Math.min(drawn, randoms.length) - 1] ?? 0;
  };
  const pacer = new Pacer(() => Date.now(), random);
  const departures: number[] = [];
  const call = async (): Promise<void> => {
    const slot = await pacer.acquire(limit, 1e9);
    const answer = answers[departures.length] ?? 'a';
    departures.push(msSinceStart());
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (slot.kind === 'slot') slot.release(OUTCOMES[answer] ?? 'admitted', answer === 'h' ? 30_000 : undefined);
  };
  return { pacer, departures, call };
}

/** The rules are those of docs/pace.md. A window has 60,100 ms. */
describe('calls leave, of', () => {
  interface Row {
    readonly answers: string;
    readonly limit?: number;
    /** The random numbers; the last one again and again. */
    readonly randoms?: readonly number[];
    /** How many callers ask, by the time. */
    readonly asks: Readonly<Record<number, number>>;
    /** In milliseconds, as all times here. */
    readonly departures: readonly number[];
  }

  const rows: Readonly<Record<string, Row>> = {
    'an open process: four at once after the first answer, the others at half the even spacing, then each when an earlier call leaves the window':
      {
        answers: '',
        asks: { 0: 13 },
        departures: [0, 50, 50, 50, 3_055, 6_060, 9_065, 12_070, 15_075, 18_080, 60_100, 63_105, 66_110],
      },
    'an open process whose first answer is lost: four at once only after one that is admitted': {
      answers: 'l',
      asks: { 0: 5 },
      departures: [0, 3_005, 3_055, 3_055, 6_060],
    },
    'an open process whose first call was not made: as if it had not been asked for': {
      answers: 'u',
      asks: { 0: 4 },
      departures: [0, 50, 100, 100],
    },
    'an open process with a limit below four: no more than its limit': {
      answers: '',
      limit: 2,
      asks: { 0: 5 },
      departures: [0, 50, 60_100, 60_150, 120_200],
    },
    'a process whose first call is refused: again after 1 s and a random part of another': {
      answers: 'r',
      limit: 100,
      asks: { 0: 6 },
      departures: [0, 1_550, 1_600, 1_600, 1_901, 2_202],
    },
    'a process whose first call is refused: again after 1 s and a small random part of another': {
      answers: 'r',
      limit: 100,
      randoms: [0.1],
      asks: { 0: 6 },
      departures: [0, 1_150, 1_200, 1_200, 1_501, 1_802],
    },
    'a process whose first two calls are refused together: as after one refusal': {
      answers: 'rr',
      limit: 1_000,
      asks: { 0: 8 },
      departures: [0, 31, 1_550, 1_581, 1_612, 1_643, 1_674, 1_705],
    },
    'a process that is refused again within a window: four in a window': {
      answers: 'rr',
      asks: { 0: 8 },
      departures: [0, 3_005, 10_518, 18_031, 60_100, 67_613, 75_126, 82_639],
    },
    'a process that is refused again more than a window later: as after one refusal': {
      answers: 'rr',
      asks: { 0: 1, 61600: 6 },
      departures: [0, 61_600, 64_605, 64_655, 64_655, 67_660, 70_665],
    },
    'a process that is refused with five admitted: five in a window, also for those who ask later': {
      answers: 'aaaaar',
      asks: { 0: 11, 7000: 3 },
      departures: [0, 50, 50, 50, 3_055, 6_060, 60_150, 66_160, 72_170, 78_180, 84_190, 120_250, 126_260, 132_270],
    },
    'a process that is refused, and then makes no call for a window: as a new one': {
      answers: 'aar',
      asks: { 0: 3, 70000: 5 },
      departures: [0, 50, 50, 70_000, 70_050, 70_050, 70_050, 73_055],
    },
    'a process that is refused again at a share of six: five in a window': {
      answers: 'aaaaaaraaaaar',
      asks: { 0: 20 },
      departures: [
        0, 50, 50, 50, 3_055, 6_060, 9_065, 60_150, 65_159, 70_168, 75_177, 80_186, 85_195, 125_259, 131_269, 137_279,
        143_289, 149_299, 185_359, 191_369,
      ],
    },
    'a process that is refused again at a share of six, and a small random number: six in a window': {
      answers: 'aaaaaaraaaaar',
      randoms: [0.1],
      asks: { 0: 20 },
      departures: [
        0, 50, 50, 50, 3_055, 6_060, 9_065, 60_150, 65_159, 70_168, 75_177, 80_186, 85_195, 120_250, 125_259, 130_268,
        135_277, 140_286, 145_295, 180_350,
      ],
    },
    'a process that is refused again and again: at least one in a window': {
      answers: 'arrrr',
      randoms: [0.95],
      asks: { 0: 8 },
      departures: [0, 50, 50, 50, 60_150, 120_250, 180_350, 240_450],
    },
    'a process that probes: a quarter of a second before its slot, one more in a window after each probe': {
      answers: 'aaaar',
      randoms: [0],
      asks: { 0: 22 },
      departures: [
        0, 50, 50, 50, 3_055, 60_150, 67_663, 75_176, 82_689, 120_000, 126_010, 132_020, 138_030, 144_040, 179_850,
        184_859, 189_868, 194_877, 199_886, 204_895, 239_700, 243_993,
      ],
    },
    'a process whose first probe is refused: as many in a window as before': {
      answers: 'aaaaraaaar',
      randoms: [0],
      asks: { 0: 22 },
      departures: [
        0, 50, 50, 50, 3_055, 60_150, 67_663, 75_176, 82_689, 120_000, 127_763, 135_026, 141_036, 147_046, 179_850,
        184_859, 189_868, 194_876, 199_169, 203_462, 207_755, 239_700,
      ],
    },
    'a process whose first probe is refused at a share of twelve: as many in a window as before': {
      answers: `${'a'.repeat(12)}r${'a'.repeat(12)}r`,
      limit: 100,
      randoms: [0],
      asks: { 0: 29 },
      departures: [
        0, 50, 50, 50, 351, 652, 953, 1_254, 1_555, 1_856, 2_157, 2_458, 2_759, 60_150, 62_655, 65_160, 67_665, 70_170,
        72_675, 75_180, 77_685, 80_190, 82_695, 85_200, 87_705, 120_000, 122_755, 125_010, 127_322,
      ],
    },
    'a process whose share has grown to its limit: no more probes': {
      answers: 'aaaar',
      limit: 5,
      randoms: [0],
      asks: { 0: 16 },
      departures: [
        0, 50, 50, 50, 6_060, 60_150, 67_663, 75_176, 82_689, 120_000, 126_010, 132_020, 138_030, 144_040, 180_100,
        186_110,
      ],
    },
    'a process that draws a probe while its window is not full: the first call that waits in a full one is it, and one more after it is admitted':
      {
        answers: 'aaaar',
        // The calls draw one each, the refusal too. So it is the sixth call that draws the probe.
        randoms: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 0.5],
        asks: { 0: 15 },
        departures: [
          0, 50, 50, 50, 3_055, 60_150, 67_663, 75_176, 82_689, 120_000, 126_010, 132_020, 138_030, 144_040, 179_850,
        ],
      },
    'a process that got Retry-After: not before its end, then as a new one': {
      answers: 'h',
      asks: { 0: 6 },
      departures: [0, 30_050, 30_100, 30_100, 33_105, 36_110],
    },
    'a process that got Retry-After for a probe: not before its end, also for a probe': {
      answers: 'aaaaraaaah',
      randoms: [0],
      asks: { 0: 12 },
      departures: [0, 50, 50, 50, 3_055, 60_150, 67_663, 75_176, 82_689, 120_000, 150_050, 157_563],
    },
    'a process whose random number is just too large for a probe: none early': {
      answers: 'aaaar',
      randoms: [1 / 150],
      asks: { 0: 12 },
      departures: [0, 50, 50, 50, 3_055, 60_150, 67_663, 75_176, 82_689, 120_250, 127_763, 135_276],
    },
    'a process whose random number is just small enough for a probe: one early': {
      answers: 'aaaar',
      randoms: [0.0066],
      asks: { 0: 12 },
      departures: [0, 50, 50, 50, 3_055, 60_150, 67_663, 75_176, 82_689, 120_000, 126_010, 132_020],
    },
  };

  it.each(Object.entries(rows))('%s', async (_, { answers, limit = 10, randoms, asks, departures }) => {
    const one = processOf(limit, answers, randoms);
    for (const [ms, count] of Object.entries(asks)) {
      await vi.advanceTimersByTimeAsync(Number(ms) - msSinceStart());
      for (let i = 0; i < count; i += 1) void one.call();
    }
    await vi.advanceTimersByTimeAsync(600_000);
    // Node's timers are in whole milliseconds.
    expect(one.departures.map(Math.floor)).toEqual(departures);
  });
});

describe('a caller that cannot wait', () => {
  it.each([
    ['the first call has no answer yet', 10, 1, 2_995],
    ['two wait behind it', 10, 3, 9_005],
    ['the limit is taken', 10, 10, 60_090],
    ['one more waits', 10, 11, 63_095],
    ['two windows are taken', 10, 21, 123_195],
    ['four calls have left', 60, 4, 2_995],
    ['one more waits behind them', 60, 5, 6_000],
  ])('is told when the next slot is free: %s', async (_, ms, asked, waitMs) => {
    const { pacer, call } = processOf(10, '');
    for (let i = 0; i < asked; i += 1) void call();
    await vi.advanceTimersByTimeAsync(ms);
    expect(await pacer.acquire(10, waitMs - 1)).toEqual({ kind: 'too_late', waitMs });
  });

  it('is told when the call leaves the window that makes room for it', async () => {
    const { pacer, call } = processOf(2, '');
    void call();
    await vi.advanceTimersByTimeAsync(20_000);
    void call();
    void call();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await pacer.acquire(2, 0)).toEqual({ kind: 'too_late', waitMs: 20_000 + 60_100 - 21_000 });
  });

  it('as long as a Retry-After is told when its time is up, and not before', async () => {
    const { pacer, call } = processOf(10, 'h');
    void call();
    await vi.advanceTimersByTimeAsync(10);
    let told: unknown;
    void pacer.acquire(10, 5_000).then((acquisition) => {
      told = acquisition;
    });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(told).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toEqual({ kind: 'too_late', waitMs: 30_050 - 5_010 });
  });
});
