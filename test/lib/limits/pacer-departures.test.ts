import { describe, expect, it } from 'vitest';
import { departuresOf, type Row } from './departures.ts';
import { usePacerTime } from './paced-process.ts';

usePacerTime();

/** The rules are those of docs/pace.md. A window has 60,100 ms. */
describe('calls leave, of', () => {
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
    'a process that got Retry-After: not before its end, then as a new one': {
      answers: 'h',
      asks: { 0: 6 },
      departures: [0, 30_050, 30_100, 30_100, 33_105, 36_110],
    },
  };

  it.each(Object.entries(rows))('%s', async (_, row) => {
    expect(await departuresOf(row)).toEqual(row.departures);
  });
});
