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
    ['is being transcoded', 'not_queued'],
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

  it('prints how it is used: without an id as an error, with --help as an answer', async () => {
    const [without, help] = await Promise.all([invoke(), invoke('--help')]);
    expect(without).toMatchObject({ status: 1, stdout: '' });
    expect(without.stderr).toContain('npm run invoke -- <asset_id>');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('npm run invoke -- <asset_id>');
  });
});
