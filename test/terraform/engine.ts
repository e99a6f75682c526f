import { findEngine } from '../../plugins/huawei/src/engine.ts';

/** Why the tests with Terraform cannot be run, undefined where they can. */
export const missing: string | undefined = await findEngine(process.env).then(
  () => undefined,
  (error: Error) => `SKIPPED: the tests with Terraform. ${error.message}`,
);
