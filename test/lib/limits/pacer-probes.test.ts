import { describe, expect, it } from 'vitest';
import { departuresOf, type Row } from './departures.ts';
import { usePacerTime } from './paced-process.ts';

usePacerTime();

/** The rules are those of docs/pace.md. A window has 60,100 ms. */
describe('calls leave, of', () => {
  const rows: Readonly<Record<string, Row>> = {
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

  it.each(Object.entries(rows))('%s', async (_, row) => {
    expect(await departuresOf(row)).toEqual(row.departures);
  });
});
