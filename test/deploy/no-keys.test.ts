import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AWS_PARAMS, DeployCopy } from './copy.ts';

const VALUE = 'NOT-A-REAL-KEY-5b1f';

/** The deploy files, what to use in place of a key, and what packages each. */
const CLOUDS = [
  ['serverless.yml', '"agency"', ['package']],
  ['serverless.aws.yml', 'VOD_CREDENTIALS_SECRET', ['package', '--config', 'serverless.aws.yml', ...AWS_PARAMS]],
] as const;

describe.each(CLOUDS)('a key in the environment in %s', (file, instead, args) => {
  it.each([
    ['HUAWEICLOUD_SDK_AK', 'provider', /\n {2}environment:\n/, '\n  environment:\n    '],
    ['HUAWEICLOUD_SDK_SK', 'provider', /\n {2}environment:\n/, '\n  environment:\n    '],
    [
      'HUAWEICLOUD_SDK_SECURITY_TOKEN',
      'functions.cancel-http',
      /\n {4}environment: \$\{self:custom\.shared\.cancelHttp\.environment\}\n/,
      '\n    environment:\n      ',
    ],
  ])('%s under %s is refused, its value is not shown, and nothing is packaged', async (name, owner, place, lines) => {
    const changed = await DeployCopy.create();
    await changed.change(file, (text) => text.replace(place, `${lines}${name}: ${VALUE}\n`));
    const { status, stdout, stderr } = await changed.run(...args);
    expect(status).toBe(1);
    expect(stdout + stderr).toContain(`${owner}.environment.${name}`);
    expect(stdout + stderr).toContain(instead);
    expect(stdout + stderr).not.toContain(VALUE);
    await expect(access(join(changed.folder, '.serverless'))).rejects.toMatchObject({ code: 'ENOENT' });
    await changed.remove();
  });
});
