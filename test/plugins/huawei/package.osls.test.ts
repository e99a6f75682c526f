import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Service } from './cli.ts';

let service: Service;

beforeEach(async () => {
  service = await Service.create();
});

afterEach(() => service.remove());

describe('osls package', () => {
  it('makes the configuration without an engine, a value or the network, and gives no key to the build', async () => {
    const { status, stdout, stderr } = await service.run('package');
    expect(status, stdout + stderr).toBe(0);
    expect(stderr).toContain('built, with 0 keys');
    expect(stderr).not.toContain('OUTSIDE CALL');
    expect((await readdir(service.path('.serverless'))).sort()).toEqual(['rfs.zip', 'terraform', 'work.zip']);
    const names = ['main.tf.json', 'own.tf', 'terraform.tf.json'];
    expect((await readdir(service.path('.serverless/terraform'))).sort()).toEqual(names);
    const zip = unzipSync(await readFile(service.path('.serverless/work.zip')));
    expect(Object.keys(zip)).toEqual(['index.js', 'notes.txt']);
  });

  it('removes what an earlier configuration left, and keeps what the engine put there', async () => {
    await mkdir(service.path('.serverless/terraform/.terraform'), { recursive: true });
    await writeFile(service.path('.serverless/terraform/old.tf'), '');
    expect((await service.run('package')).status).toBe(0);
    const names = ['.terraform', 'main.tf.json', 'own.tf', 'terraform.tf.json'];
    expect((await readdir(service.path('.serverless/terraform'))).sort()).toEqual(names);
  });

  it('writes to the folder that --package names', async () => {
    expect((await service.run('package', '--package', 'out')).status).toBe(0);
    expect((await readdir(service.path('out'))).sort()).toEqual(['rfs.zip', 'terraform', 'work.zip']);
    expect(await readFile(service.path('out/terraform/terraform.tf.json'), 'utf8')).toContain(
      '../../.huawei/test.tfstate',
    );
  });

  const refused = async (...problems: readonly string[]): Promise<void> => {
    const { status, stdout } = await service.run('package');
    expect(status).toBe(1);
    for (const problem of problems) expect(stdout).toContain(problem);
    expect(stdout).not.toMatch(/\n\s+at \S+ \(/);
  };

  it('refuses every key that the schema does not have, whatever the page says of validation', async () => {
    await service.change('agency: platform', 'agencey: platform');
    await service.change('timeout: 10', 'timeout: ten');
    await service.change('timer:', 'timmer:');
    await refused(
      "at 'provider': must have required property 'agency'",
      "at 'provider': unrecognized property 'agencey'",
      "at 'functions.work.timeout': must be integer",
      "at 'functions.work.events.0': unsupported function event",
    );
  });

  it('refuses what no schema can say', async () => {
    await service.change('GREETING: hello', 'API_TOKEN: hello');
    await service.change('service: sample', `service: ${'s'.repeat(50)}`);
    await refused("environment.API_TOKEN': a secret is not allowed here", 'is over 56 characters');
  });

  it.each([
    ['- own.tf', '- other.tf', "at 'custom.huawei.terraform': cannot read other.tf"],
    ['build: node build.mjs', 'build: node --no-such-option', 'The build failed (9)'],
    [
      '- notes.txt',
      '- missing.txt',
      "at 'functions.work.bundle': cannot read missing.txt (ENOENT). Does custom.huawei.build write it there?",
    ],
  ])('refuses "%s" written as "%s"', async (from, to, problem) => {
    await service.change(from, to);
    await refused(problem);
  });
});
