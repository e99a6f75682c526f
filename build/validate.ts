import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError, runPlain } from '../local/command.ts';

const TEMPLATE = resolve(import.meta.dirname, '../.serverless-aws/cloudformation-template-update-stack.json');

/** What would fail, or might, in AWS; below are matters of taste, most of them about what osls generates. */
const FAILING = new Set(['FATAL', 'ERROR']);
const SHOWN = new Set([...FAILING, 'WARN']);

/** Checks the packaged template with AWS's own rules and schemas, offline. */
async function validate(): Promise<number> {
  if (!existsSync(TEMPLATE)) throw new CommandError('there is no template; npm run package makes it.');
  // Imported here, as it is long to load and the usage can do without.
  const { RegoEngine, TemplateFile } = await import('@aws/cloudformation-validate');
  const engine = new RegoEngine();
  const { status, diagnostics } = engine.validateStandard(new TemplateFile(TEMPLATE));
  engine.free();
  for (const { severity, ruleId, entity, propertyPath, message } of diagnostics) {
    if (SHOWN.has(severity))
      console.log(`${severity} ${ruleId} ${entity?.logicalId ?? ''} ${propertyPath ?? ''} ${message}`);
  }
  const failures = diagnostics.filter(({ severity }) => FAILING.has(severity)).length;
  const warnings = diagnostics.filter(({ severity }) => SHOWN.has(severity)).length - failures;
  const hints = diagnostics.length - failures - warnings;
  console.log(
    `${status}: ${failures} errors; ${warnings} warnings, which stop nothing; ` +
      `${hints} hints on style not shown, nearly all about what osls generates`,
  );
  return status !== 'OK' || failures > 0 ? 1 : 0;
}

const USAGE = `npm run validate

Checks the CloudFormation template that npm run package has made with AWS's own rules and schemas, offline. Exit status 0
when nothing in it would fail, 1 otherwise.
`;

await runPlain('validate', { usage: USAGE, progress: 'Checking the CloudFormation template.' }, validate);
