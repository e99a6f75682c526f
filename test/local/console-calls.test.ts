import { describe, expect, it } from 'vitest';
import { SEEDED_ASSET_ID } from '../../local/seed.ts';
import { CANCEL, useConsole } from './console.ts';

const { restartWith, connect, call, post, inject, vod } = useConsole();

describe('the calls to VOD', () => {
  it('are those of their invocation, where two of one asset are under way', async () => {
    const stream = await connect();
    await inject('error-500', 2);
    await Promise.all([1, 2, 3].map(() => call({ method: 'DELETE', path: CANCEL })));
    await expect.poll(() => stream.all('ended')).toHaveLength(3);
    for (const { id, result } of stream.all('ended')) {
      const cancels = stream.all('call').filter((one) => one['id'] === id && one['operation'] === 'cancel');
      expect(cancels.filter(({ duration_ms }) => duration_ms !== null)).toHaveLength(JSON.parse(`${result}`).attempts);
    }
    const faults = stream.all('call').map(({ fault }) => fault);
    expect(faults.filter((fault) => fault === 'error-500')).toHaveLength(2);
  });

  it('have their own answers, where several leave at once', async () => {
    const stream = await connect();
    // Until VOD has accepted the key, the calls are made one after the other.
    await post('/events', { asset_id: SEEDED_ASSET_ID });
    await post('/console/queue', { asset_id: SEEDED_ASSET_ID });
    const others = ['e'.repeat(32), 'f'.repeat(32)];
    await post('/events', { asset_ids: [SEEDED_ASSET_ID, ...others] });
    await expect.poll(() => stream.all('ended')).toHaveLength(2);
    const over = stream.all('call').filter(({ duration_ms }) => duration_ms !== null);
    const codesOf = (id: string) => over.filter(({ asset_id }) => asset_id === id).map(({ code }) => code);
    expect(codesOf(SEEDED_ASSET_ID)).toEqual([null, null]);
    for (const id of others) expect(codesOf(id)).toEqual(['VOD.10062']);
  });

  it('are shown without an answer if the function has given up', async () => {
    await restartWith({ ...vod(), settings: { ...vod().settings, VOD_ATTEMPT_TIMEOUT_MS: '300' } });
    const stream = await connect();
    await inject('hang');
    await call({ method: 'DELETE', path: CANCEL });
    await expect.poll(() => stream.all('ended')).toHaveLength(1);
    const first = stream.all('call').filter(({ n }) => n === 1);
    const over = { duration_ms: expect.any(Number), status: null, code: null, fault: 'hang' };
    expect(first).toMatchObject([{ duration_ms: null }, over]);
  });

  it('of an event with many assets are shown up to a limit, and all assets are counted', async () => {
    await restartWith({ ...vod(), settings: { ...vod().settings, VOD_CALLS_PER_MINUTE: '1000000' } });
    const stream = await connect();
    const asset_ids = Array.from({ length: 400 }, (_, index) => String(index).padStart(32, 'd'));
    await post('/events', { asset_ids });
    await expect.poll(() => stream.all('ended')).toMatchObject([{ asset_count: 400 }]);
    expect(stream.messages().filter(({ name }) => ['began', 'call', 'line'].includes(name))).toHaveLength(300);
  });

  it('of the real VOD are shown too', async () => {
    await restartWith({ ...vod(), standIn: undefined });
    const stream = await connect();
    await call({ method: 'DELETE', path: CANCEL });
    await expect.poll(() => stream.all('ended')).toHaveLength(1);
    expect(stream.all('call')).toMatchObject([{ n: 1 }, { n: 1, asset_id: SEEDED_ASSET_ID, status: 204, code: null }]);
  });
});
