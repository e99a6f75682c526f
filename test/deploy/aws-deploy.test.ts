import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Template } from './aws-package.ts';
import { type AwsServices, startAwsServices } from './aws-services.ts';
import { AWS_PARAMS, DeployCopy, type Run } from './copy.ts';

const FUNCTIONS = ['cancel-http', 'cancel-superseded'];

let aws: AwsServices;
let copy: DeployCopy;

const osls = (command: string): Promise<Run> => copy.run(command, '--config', 'serverless.aws.yml', ...AWS_PARAMS);

beforeAll(async () => {
  aws = await startAwsServices();
  copy = await DeployCopy.create();
  copy.env = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'fake', AWS_SECRET_ACCESS_KEY: 'fake' };
  for (const name of FUNCTIONS) await writeFile(join(copy.folder, '.serverless-aws', `${name}.zip`), `zip of ${name}`);
});

afterAll(async () => {
  aws.close();
  await copy.remove();
});

describe('osls deploy on AWS', () => {
  it('uploads both zips, and gives the stack a template that names them', async () => {
    const { status, stdout, stderr } = await osls('deploy');
    expect(status, stdout + stderr).toBe(0);
    const { Resources } = JSON.parse(String(aws.uploads.get(aws.deployed ?? ''))) as Template;
    const code = Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => (Properties['Code'] as { readonly S3Key: string }).S3Key);
    expect(code.map((key) => String(aws.uploads.get(key)))).toEqual(FUNCTIONS.map((name) => `zip of ${name}`));
  });

  it('is followed by osls info, which shows the stack', async () => {
    const { status, stdout, stderr } = await osls('info');
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toContain('stack: vod-transcode-cancel-prod');
  });
});
