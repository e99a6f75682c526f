import { expect, it } from 'vitest';
import { openVod } from '../../lib/open-cancel.ts';
import type { Credentials } from '../../lib/vod/credentials.ts';

const keyIdOf = async (key: Credentials): Promise<string> => {
  const access = { endpoint: 'https://vod.invalid', projectId: 'p', timeoutMs: 1_000, maxWaitMs: 1_000 };
  return (await openVod({ ...access, key })).keyId;
};

it('a key is known by a digest that is different for every key and contains no part of it', async () => {
  const keys = [
    { ak: 'AK-EXAMPLE', sk: 'SK-EXAMPLE' },
    { ak: 'AK-EXAMPLES', sk: 'K-EXAMPLE' },
    { ak: 'AK-EXAMPLE', sk: 'SK-EXAMPLE', securityToken: 'TOKEN-EXAMPLE' },
    { ak: 'AK-EXAMPLE', sk: 'SK-EXAMPLETOKEN-EXAMPLE' },
    { ak: 'AK-EXAMPLE', sk: 'SK-EXAMPLE0:', securityToken: '' },
  ];
  const digests = await Promise.all(keys.map(keyIdOf));
  for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(digests).size).toBe(keys.length);
  expect(await keyIdOf({ ak: 'AK-EXAMPLE', sk: 'SK-EXAMPLE' })).toBe(digests[0]);
});
