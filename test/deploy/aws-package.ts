/** The package of serverless.aws.yml, read back. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { AWS_PARAMS, DeployCopy, type Run } from './copy.ts';

const TEMPLATE = '.serverless/cloudformation-template-update-stack.json';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface PackagedAws {
  readonly copy: DeployCopy;
  /** Where the template is. */
  readonly path: string;
  readonly template: Template;
}

/** Runs `osls package` on serverless.aws.yml of a copy, with what only the deployer knows or with a part of it. */
export const packageAws = (copy: DeployCopy, params: readonly string[] = AWS_PARAMS): Promise<Run> =>
  copy.run('package', '--config', 'serverless.aws.yml', ...params);

/** Packages serverless.aws.yml as it is. */
export async function packagedAws(): Promise<PackagedAws> {
  const copy = await DeployCopy.create();
  const { status, stdout, stderr } = await packageAws(copy);
  expect(status, stdout + stderr).toBe(0);
  return { copy, path: join(copy.folder, TEMPLATE), template: await copy.readJson<Template>(TEMPLATE) };
}
