import { expect, it } from 'vitest';
import * as streams from '../../scripts/prune-sdk/stand-ins/streams.ts';

it.each([
  ['Readable.from', () => streams.Readable.from()],
  ['pipeline', () => streams.pipeline()],
])('%s, which is left out, says so when it is used after all', (_, use) => {
  expect(use).toThrow('streamed responses are left out of this bundle: see scripts/prune-sdk/table.ts');
});
