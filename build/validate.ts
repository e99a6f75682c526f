import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';

const TEMPLATE = resolve(import.meta.dirname, '../.serverless-aws/cloudformation-template-update-stack.json');

/** What would fail, or might, in AWS; below are matters of taste, most of them about what osls generates. */
const FAILING = new Set(['FATAL', 'ERROR']);
const SHOWN = new Set([...FAILING, 'WARN']);

/** Checks the packaged template with AWS's own rules and schemas, offline. */
function validate(): void {
  if (!existsSync(TEMPLATE)) throw new Error('there is no template: npm run package');
  const engine = new RegoEngine();
  const { status, diagnostics } = engine.validateStandard(new TemplateFile(TEMPLATE));
  engine.free();
  for (const { severity, ruleId, entity, propertyPath, message } of diagnostics) {
    if (SHOWN.has(severity))
      console.log(`${severity} ${ruleId} ${entity?.logicalId ?? ''} ${propertyPath ?? ''} ${message}`);
  }
  const failures = diagnostics.filter(({ severity }) => FAILING.has(severity)).length;
  console.log(`${status}: ${failures} errors, ${diagnostics.length - failures} remarks`);
  if (status !== 'OK' || failures > 0) process.exitCode = 1;
}

validate();
