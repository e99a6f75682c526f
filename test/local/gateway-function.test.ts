import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { loadFunction } from '../../local/gateway/function.ts';
import { does } from './gateway-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'function-'));

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.useRealTimers();
});

function load(name: string, statement: string) {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, does(statement));
  return loadFunction(path, { userData: {}, timeoutMs: 60_000 });
}

it('a function shares no object with its caller', async () => {
  const event = { asset_id: 'x' };
  const invoke = await load('changes', 'event.asset_id = "changed"; return event;');
  expect(await invoke(event, 'r1')).toEqual({ asset_id: 'changed' });
  expect(event).toEqual({ asset_id: 'x' });
});

it.each([
  ['answers', 'return 1;'],
  ['throws', 'throw new Error("x");'],
])('a function that %s leaves no timer of its timeout', async (name, statement) => {
  const invoke = await load(name, statement);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await Promise.allSettled([invoke({}, 'r1')]);
  expect(vi.getTimerCount()).toBe(0);
});
