import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Artifacts, prepareArtifacts } from '../../bench/artifacts.ts';
import type { Contestant, ContestantName } from '../../bench/contestants.ts';
import type { WarmPlan } from '../../bench/protocol.ts';
import { runProgram } from '../../bench/run-program.ts';
import { startVod, type Vod } from '../../bench/vod/vod.ts';

const WARM: WarmPlan = { warmUp: 5, sequential: 5, paused: 5, concurrent: 60, handled: 5 };

let folder: string;
let artifacts: Artifacts;
let vod: Vod;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vod-bench-test-'));
  artifacts = await prepareArtifacts(folder);
  vod = startVod(artifacts.vod);
});

afterAll(async () => {
  vod.stop();
  await rm(folder, { recursive: true, force: true });
});

function find(name: ContestantName): Contestant {
  const contestant = artifacts.contestants.find((one) => one.name === name);
  if (contestant === undefined) throw new Error(`${name} is not built`);
  return contestant;
}

const run = (contestant: Contestant, warm?: WarmPlan) =>
  runProgram(contestant, artifacts, vod, { ...(warm && { warm }) });

describe('a run', () => {
  it('splits a cold start', async () => {
    const { loadMs = 0, firstCallMs = 0, firstResultMs = 0 } = await run(find('floor'));
    expect(loadMs).toBeGreaterThan(0);
    expect(firstCallMs).toBeGreaterThan(0);
    expect(firstResultMs).toBeCloseTo(loadMs + firstCallMs, 6);
  });

  it('has all figures of a function', async () => {
    const sample = await run(find('cancel-http'), WARM);
    expect(Object.entries(sample).filter(([, value]) => !(value > 0))).toEqual([]);
    expect(sample).toHaveProperty('refusedP50Us');
    expect(sample).toHaveProperty('answeredP50Us');
  });

  it('does not take the memory of its parent for its own', async () => {
    const ballast = Buffer.alloc(2 ** 27, 1);
    const { peakRssKb = Number.NaN } = await run(find('floor'), WARM);
    expect(peakRssKb * 1024).toBeLessThan(ballast.length);
  });

  it('fails where the contestant fails', async () => {
    const broken = { ...find('floor'), subject: join(folder, 'missing.js') };
    await expect(run(broken)).rejects.toThrow('floor ended with 1: ');
  });

  it('fails where a function does not log', async () => {
    await expect(run({ ...find('floor'), role: 'function' })).rejects.toThrow(
      'logged 0 lines, not one for each result',
    );
  });
});
