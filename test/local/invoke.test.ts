import { describe, expect, it } from 'vitest';
import { main } from '../../local/invoke.ts';
import { SEEDED_ASSETS } from '../../local/seed.ts';
import { ended } from '../helpers/command.ts';
import { ASSET } from './samples.ts';

const invoke = (...args: string[]) => ended(main, args);

const idOf = (about: string): string =>
  Object.entries(SEEDED_ASSETS).find(([, seed]) => seed.about.includes(about))?.[0] ?? '';

describe('npm run invoke', () => {
  it('cancels the seeded asset: the result alone on stdout, the log on stderr, status 0', async () => {
    const { status, stdout, stderr } = await invoke(ASSET);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ asset_id: ASSET, outcome: 'cancelled', retryable: false, attempts: 1 });
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ level: 'INFO', outcome: 'cancelled' });
    expect(stdout + stderr).not.toMatch(/SK-EXAMPLE/);
  });

  it.each([
    ['transcoding', 'not_queued'],
    ['was deleted', 'not_found'],
  ])('ends with 0 for an asset that %s, without the members of a problem', async (about, outcome) => {
    const { status, stdout } = await invoke(idOf(about));
    expect(status).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ outcome });
    expect(Object.keys(result)).not.toEqual(expect.arrayContaining(['type']));
    expect(result).not.toHaveProperty('title');
    expect(result).not.toHaveProperty('status');
  });

  it('ends with 1 for a cancel that failed', async () => {
    const { status, stdout } = await invoke('not-an-id');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      asset_id: null,
      outcome: 'failed',
      error: { code: 'INVALID_ASSET_ID' },
    });
  });

  it('marks a result of the stand-in by one line on stderr, and not with --stand-in', async () => {
    const [marked, asked] = await Promise.all([invoke(ASSET), invoke(ASSET, '--stand-in')]);
    const lines = (text: string) => text.split('\n').filter((line) => line.startsWith('VOD stand-in'));
    expect([lines(marked.stderr).length, lines(asked.stderr).length]).toEqual([1, 0]);
    expect([marked.status, asked.status]).toEqual([0, 0]);
  });

  it('cancels nothing with one setting of the real VOD, and names what is missing', async () => {
    const half = await ended(main, [ASSET], { HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV' });
    expect([half.status, half.stdout]).toEqual([1, '']);
    expect(half.stderr).toMatch(
      /^invoke: .*HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_PROJECT_ID, VOD_REGION or VOD_ENDPOINT/,
    );
    expect(half.stderr).not.toContain('AK-EXAMPLE-ENV');
    const asked = await ended(main, [ASSET, '--stand-in'], { HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV' });
    expect(asked.status).toBe(0);
  });

  it('prints how it is used: without an id as an error, with --help as an answer', async () => {
    const [without, help] = await Promise.all([invoke(), invoke('--help')]);
    expect(without).toMatchObject({ status: 1, stdout: '' });
    expect(without.stderr).toContain('npm run invoke -- <asset_id>');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('npm run invoke -- <asset_id>');
  });
});
