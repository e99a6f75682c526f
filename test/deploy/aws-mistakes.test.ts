import { describe, expect, it } from 'vitest';
import { packageAws } from './aws-package.ts';
import { AWS_PARAMS, DeployCopy } from './copy.ts';

describe('serverless.aws.yml', () => {
  it('cannot be packaged without what only the deployer knows', async () => {
    const copy = await DeployCopy.create();
    const { status, stdout } = await packageAws(copy, AWS_PARAMS.slice(0, 1));
    await copy.remove();
    expect(status).toBe(1);
    expect(stdout).toContain('"functions.cancel-http.layers.0": Value not found at "param" source');
  });

  it('stops at a misspelt key, with its path', async () => {
    const copy = await DeployCopy.create();
    const keys = ['logRetentionInDays', 'architecture', 'versionFunctions', 'reservedConcurrency', 'layers'];
    const deeper = ['authorizer', 'functionResponseType', 'applicationLogLevel'];
    await copy.misspell('serverless.aws.yml', ...keys, ...deeper);
    const { status, stdout } = await packageAws(copy);
    await copy.remove();
    expect(status).toBe(1);
    for (const problem of [
      "at 'provider': unrecognized property 'logRetentionInDaysx'",
      "at 'provider': unrecognized property 'architecturex'",
      "at 'provider': unrecognized property 'versionFunctionsx'",
      "at 'functions.cancel-http': unrecognized property 'reservedConcurrencyx'",
      "at 'functions.cancel-superseded': unrecognized property 'layersx'",
    ])
      expect(stdout).toContain(problem);
    for (const key of deeper) expect(stdout, key).toContain(`unrecognized property '${key}x'`);
  });
});
