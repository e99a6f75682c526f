import { afterAll, beforeAll, expect, it } from 'vitest';
import { CREDENTIALS } from '../plugins/functiongraph/helpers/cli.ts';
import { StandIn } from '../plugins/functiongraph/helpers/stand-in.ts';
import { DeployCopy } from './copy.ts';

/** serverless.yml itself on a FunctionGraph of this machine, from the first deployment to the removal. */
const platform = new StandIn();
let copy: DeployCopy;

beforeAll(async () => {
  copy = await DeployCopy.create();
  copy.env = { ...CREDENTIALS, FUNCTIONGRAPH_ENDPOINT: await platform.start() };
});

afterAll(async () => {
  await platform.stop();
  await copy.remove();
});

/** The calls that changed something. */
const writes = async (...args: readonly string[]): Promise<string[]> => {
  platform.calls.length = 0;
  const { status, stdout, stderr } = await copy.run(...args);
  expect(status, stdout + stderr).toBe(0);
  return platform.take();
};

it('makes everything, and nothing the second time', async () => {
  expect(await writes('deploy')).toEqual([
    'POST cancel-http',
    'PUT cancel-http config-max-instance',
    'POST cancel-http trigger APIG',
    'POST cancel-superseded',
    'PUT cancel-superseded config-max-instance',
    'PUT cancel-superseded async-invoke-config',
    'POST cancel-superseded trigger EVENTGRID',
  ]);
  expect(await writes('deploy')).toEqual([]);
});

it('changes with one call what was changed in one place', async () => {
  await copy.change('serverless.yml', (text) => text.replace('memorySize: 128', 'memorySize: 256'));
  expect(await writes('deploy')).toEqual(['PUT cancel-http config', 'PUT cancel-superseded config']);
  await copy.change('deploy/shared.yml', (text) => text.replace('eventAge: 3600', 'eventAge: 1800'));
  expect(await writes('deploy')).toEqual(['PUT cancel-superseded async-invoke-config']);
});

it('removes what it made', async () => {
  await writes('remove');
  expect([...platform.platform.functions.keys()]).toEqual([]);
});
