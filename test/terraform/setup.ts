import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findEngine } from '../../plugins/huawei/src/engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with the packages of `tools/`; empty where there is no engine. */
    readonly terraformTools: string;
  }
}

/** Installs what only these tests need into a folder of its own, if there is an engine to test with. */
export default async function prepareTerraform(project: TestProject): Promise<() => Promise<void>> {
  const missing = await findEngine(process.env).then(
    () => undefined,
    (error: Error) => error.message,
  );
  project.provide('terraformTools', '');
  if (missing !== undefined) {
    console.log(`The tests with Terraform did not run. ${missing}`);
    return async () => {};
  }
  const folder = await mkdtemp(join(tmpdir(), 'terraform-tools-'));
  await cp(join(import.meta.dirname, 'tools'), folder, { recursive: true });
  const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`npm ci ended with ${status}`);
  project.provide('terraformTools', folder);
  return () => rm(folder, { recursive: true, force: true });
}
