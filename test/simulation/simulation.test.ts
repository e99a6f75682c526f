import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../local/simulation/event-queue.ts';
import { findings } from '../../local/simulation/findings.ts';
import { replaceBetweenMarkers } from '../../local/simulation/markers.ts';
import { EVENT_RUNS, MESSAGE_RUNS, play, type Result, type Run } from '../../local/simulation/runs.ts';
import { PLATFORM, simulate, TENANT_LIMIT } from '../../local/simulation/simulate.ts';
import { drains, toRow, toTable } from '../../local/simulation/table.ts';
import { VirtualTime } from '../../local/simulation/virtual-time.ts';
import { VodModel } from '../../local/simulation/vod-model.ts';
import { paced, plain } from '../../local/simulation/way.ts';

describe('virtual time', () => {
  it('passes from one sleeper to the next, in order, those of the same moment as they came', async () => {
    const time = new VirtualTime();
    const seen: string[] = [];
    const sleeper = async (name: string, ...naps: readonly number[]): Promise<void> => {
      for (const nap of naps) {
        await time.sleep(nap);
        seen.push(`${name}${time.now()}`);
      }
    };
    const all = Promise.all([sleeper('a', 10, 3_600_000), sleeper('b', 5, 5, 5), sleeper('c', 10)]);
    await time.run();
    await all;
    expect(seen).toEqual(['b5', 'a10', 'c10', 'b10', 'b15', 'a3600010']);
  });
});

describe('the queue', () => {
  const options = { visibilityMs: 100, maxAgeMs: 1_000 };

  it('delivers again what was not removed, when it was hidden for long enough', () => {
    let now = 0;
    const queue = new EventQueue([['a'], ['b'], ['c']], { now: () => now, ...options });
    const [a, b] = queue.receive(2);
    expect([a?.assetIds, b?.assetIds]).toEqual([['a'], ['b']]);
    a?.remove();
    now = 40;
    queue.receive(2)[0]?.remove();
    expect([queue.receive(2), queue.nextAt()]).toEqual([[], 100]);
    now = 100;
    expect(queue.receive(2).map(({ assetIds }) => assetIds)).toEqual([['b']]);
    expect(queue.deliveries).toBe(4);
  });

  it('gives up what is too old', () => {
    let now = 0;
    const queue = new EventQueue([['a']], { now: () => now, ...options });
    now = 1_000;
    expect([queue.nextAt(), queue.receive(1)]).toEqual([undefined, []]);
  });
});

describe("VOD's model", () => {
  it('counts refused calls against the limit, and lets through again who was quiet for a minute', async () => {
    const time = new VirtualTime();
    const vod = new VodModel({ time, random: () => 0, callsPerMinute: 2 });
    const verdicts: string[] = [];
    const caller = async (): Promise<void> => {
      for (const pauseMs of [0, 0, 0, 59_000, 61_000]) {
        await time.sleep(pauseMs);
        verdicts.push((await vod.cancel(String(verdicts.length))).verdict);
      }
    };
    const done = caller();
    await time.run();
    await done;
    expect(verdicts).toEqual(['cancelled', 'cancelled', 'throttled', 'throttled', 'cancelled']);
    expect([vod.calls, vod.refused, vod.cancelled]).toEqual([5, 2, 3]);
  });
});

const SMALL = { uploads: 400, redelivers: 'messages', seed: 7 } as const;

describe('the simulation', () => {
  it('goes the same way for the same seed, and another for another', async () => {
    const scenario = { ...SMALL, instances: 3, way: paced(20) };
    const [first, again, other] = [
      await simulate(scenario),
      await simulate(scenario),
      await simulate({ ...scenario, seed: 8 }),
    ];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it.each([
    [1, 80],
    [2, 40],
    [5, 16],
    [20, 4],
  ])('%i × %i lose nothing, and hardly a call is in vain', async (instances, callsPerMinute) => {
    const { cancelled, lost, unhandled, calls, drainMs } = await simulate({
      ...SMALL,
      instances,
      way: paced(callsPerMinute),
    });
    expect([cancelled, lost, unhandled]).toEqual([SMALL.uploads, 0, 0]);
    // Duplicates cost a call each, and so does each refusal in the first minute.
    expect(calls / cancelled).toBeLessThan(1 + PLATFORM.duplicates + 0.2);
    // Nobody can be faster than VOD allows.
    expect(drainMs).toBeGreaterThan((SMALL.uploads / TENANT_LIMIT - 1) * 60_000);
  });

  it('shows what plain retries cost', async () => {
    const { lost, calls, cancelled } = await simulate({ ...SMALL, instances: 5, way: plain });
    expect(lost).toBe(0);
    expect(calls / cancelled).toBeGreaterThan(5);
  });

  it('delivers whole events again where nothing else can be', async () => {
    const scenario = { ...SMALL, redelivers: 'events', instances: 2 } as const;
    expect(await simulate({ ...scenario, way: paced(40) })).toMatchObject({ lost: 0, unhandled: 0 });
    // Five calls a minute are too few for an event of ten, whatever the number of deliveries.
    const { lost, unhandled } = await simulate({ ...scenario, uploads: 50, way: paced(5) });
    expect([lost, unhandled > 0]).toEqual([0, true]);
  });
});

const page = readFileSync(new URL('../../docs/pace.md', import.meta.url), 'utf8');

/** The rows that take no time to play; the page's other rows were written together with them. */
const QUICK: readonly Run[] = [...MESSAGE_RUNS, ...EVENT_RUNS].filter(
  ({ instances, callsPerMinute }) => instances <= 2 && callsPerMinute === 40,
);

describe('docs/pace.md', () => {
  it.each(QUICK)('has the figures of $instances × $callsPerMinute, $redelivers, as they are now', async (run) => {
    expect(page).toContain(toRow(await play(run)));
  });

  it('has a row for each run', () => {
    const rows = page.split('\n').filter((line) => /^\| \d/.test(line));
    expect(rows.map((row) => row.split(' | ').slice(0, 2).join(' × '))).toEqual(
      [...MESSAGE_RUNS, ...EVENT_RUNS].map(
        ({ instances, callsPerMinute = 'plain retries' }) => `| ${instances} × ${callsPerMinute}`,
      ),
    );
  });

  it('is written anew between its markers and nowhere else', () => {
    const written = replaceBetweenMarkers(page, 'new');
    expect(written).toContain('-->\n\nnew\n\n<!--');
    expect(written).not.toContain('calls per cancel |');
    expect(replaceBetweenMarkers(written, 'new')).toBe(written);
    expect(() => replaceBetweenMarkers('no markers', 'new')).toThrow('no place');
  });
});

describe('what is told of the figures', () => {
  const result = (instances: number, callsPerMinute: number | undefined, more: Partial<Result> = {}): Result => ({
    ...{ instances, callsPerMinute, redelivers: 'messages' },
    ...{ cancelled: 5_000, lost: 0, unhandled: 0, calls: 5_100, refused: 40, drainMs: 3_600_000, deliveries: 1 },
    ...more,
  });

  const never = { cancelled: 100, lost: 4_900, unhandled: 4_900, calls: 50_000 };

  it('follows them', () => {
    const messages = [result(2, 40), result(5, 40, { calls: 10_000 }), result(20, 40, never), result(1, undefined)];
    const text = findings(messages, [{ ...result(2, 40), redelivers: 'events' }]).join('\n');
    expect(text).toContain('2 × 40: nothing is lost, a cancel takes 1.02 calls, 83 % of the limit are used');
    expect(text).toContain(
      '5 × 40 takes 60 min and 2.00 calls per cancel, 20 × 40 never drains and loses 4,900 uploads',
    );
    expect(text).not.toContain('Where whole events come back');
  });

  it('says never where something was given up', () => {
    expect(drains(result(20, 40, never))).toBe(false);
    expect(toTable([result(20, 40, never)])).toMatch(/\| 20 \| 40 \| 500 \| 40 \| – \| never \| 1\.0 \| 4,900 \|$/);
  });
});
