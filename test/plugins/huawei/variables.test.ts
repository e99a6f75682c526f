import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../../plugins/huawei/src/host.ts';
import { declaredVariables, variableArguments } from '../../../plugins/huawei/src/variables.ts';
import { sample } from './sample.ts';

const TEXT = `variable "needed" {
  description = "What it is. Console: where it is"
  type        = string
}

variable "also_needed" {}

variable "given" {
  type = object({
    default = string
  })
  default = {
    default = ""
  }
}
`;

it('finds every variable, and which of them have a default', () => {
  expect(declaredVariables(TEXT)).toEqual([
    { name: 'needed', description: 'What it is. Console: where it is', hasDefault: false },
    { name: 'also_needed', description: '', hasDefault: false },
    { name: 'given', description: '', hasDefault: true },
  ]);
});

describe('values of variables', () => {
  let folder: string;
  let file: string;

  const values = (param: readonly string[], env: Record<string, string> = {}): Promise<string[]> => {
    const host: Host = { service: sample(), serviceDir: folder, options: { param }, env, notice: () => {} };
    return variableArguments(host, declaredVariables(TEXT), file);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'variables-'));
    file = join(folder, 'test.tfvars');
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('are all asked for at once, with what they are', async () => {
    await expect(values([])).rejects.toThrow(
      /^These variables have no value:\n {2}needed: What it is\. Console: where it is\n {2}also_needed: \nPass --param=/,
    );
  });

  it('come from the environment, which the engine reads itself', async () => {
    expect(await values([], { TF_VAR_needed: 'x', TF_VAR_also_needed: 'y' })).toEqual([]);
  });

  it('come from the command line', async () => {
    expect(await values(['needed=a=b', 'also_needed=c'])).toEqual(['-var=needed=a=b', '-var=also_needed=c']);
  });

  it('come from a file, and the command line wins', async () => {
    await writeFile(file, 'needed = "f"\nalso_needed="f"\n');
    expect(await values(['needed=c'])).toEqual([`-var-file=${file}`, '-var=needed=c']);
    await rm(file);
  });

  it('are refused for a variable that is not there', async () => {
    await expect(values(['nedded=x'])).rejects.toThrow(
      'No Terraform file declares nedded, which --param sets. Declared: needed, also_needed, given',
    );
  });
});
