import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARTIFACTS, prepareArtifacts } from '../../bench/artifacts.ts';
import { CANDIDATES, type Candidate, type CandidateName } from '../../bench/candidates.ts';
import type { WarmPlan } from '../../bench/protocol.ts';
import { runCandidate } from '../../bench/run.ts';

const WARM: WarmPlan = { warmUp: 5, sequential: 5, concurrent: 60, handled: 5 };

const FOLDER = `${ARTIFACTS}-test`;

beforeAll(() => prepareArtifacts(FOLDER));

afterAll(() => rm(FOLDER, { recursive: true, force: true }));

function find(name: CandidateName): Candidate {
  const candidate = CANDIDATES.find((one) => one.name === name);
  if (candidate === undefined) throw new Error(`there is no ${name}`);
  return candidate;
}

const run = (candidate: Candidate, warm?: WarmPlan) => runCandidate(candidate, FOLDER, warm);

describe('a run', () => {
  it('splits a cold start', async () => {
    const { loadMs = 0, firstCallMs = 0, firstResultMs = 0 } = await run(find('floor'));
    expect(loadMs).toBeGreaterThan(0);
    expect(firstCallMs).toBeGreaterThan(0);
    expect(firstResultMs).toBeCloseTo(loadMs + firstCallMs, 6);
  });

  it.each(['cancel-http', 'cancel-superseded'] as const)('has all warm figures of %s', async (name) => {
    const sample = await run(find(name), WARM);
    expect(Object.entries(sample).filter(([, value]) => !(value > 0))).toEqual([]);
    const measured = ['warmP50Us', 'perSecond50', 'cpuPerCall50Us', 'peakRssKiB', 'refusedP50Us', 'answeredP50Us'];
    expect(Object.keys(sample)).toEqual(expect.arrayContaining(measured));
  });

  it.each(['sdk-installed', 'sdk-bundled'] as const)('has the first result of %s', async (name) => {
    expect((await run(find(name))).firstResultMs).toBeGreaterThan(0);
  });

  it('does not take the memory of its parent for its own', async () => {
    const ballast = Buffer.alloc(2 ** 27, 1);
    const { peakRssKiB = Number.NaN } = await run(find('floor'), WARM);
    expect(peakRssKiB * 1024).toBeLessThan(ballast.length);
  });

  it('fails where the candidate fails', async () => {
    const broken = { ...find('floor'), file: 'missing.js' };
    await expect(run(broken)).rejects.toThrow('floor ended with 1: ');
  });

  it('fails where a function does not log', async () => {
    await expect(run({ ...find('floor'), role: 'function' })).rejects.toThrow(
      'logged 0 lines, not one for each result',
    );
  });
});
