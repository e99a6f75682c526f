import { stat, utimes } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { BUNDLES, buildWhenOld } from '../../local/bundles.ts';

it.each(Object.entries(BUNDLES))('%s is built again if it is older than its sources', async (_, path) => {
  await utimes(path, 1, 1);
  await buildWhenOld();
  expect((await stat(path)).mtimeMs).toBeGreaterThan(1_000);
});
