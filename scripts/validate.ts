import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError, type Io, plainCommand, runIfMain } from './command.ts';

const TEMPLATE = resolve(import.meta.dirname, '../.serverless-aws/cloudformation-template-update-stack.json');

/** Levels that can fail in AWS. Lower ones are style, mostly of what osls generates. */
const FAILING = new Set(['FATAL', 'ERROR']);
const SHOWN = new Set([...FAILING, 'WARN']);

/** Checks the packaged template with AWS's own rules and schemas, offline. */
async function validate({ stdout }: Io): Promise<number> {
  if (!existsSync(TEMPLATE)) throw new CommandError('there is no template. Run npm run package first.');
  // Imported here, because it loads slowly and the usage does not need it.
  const { RegoEngine, TemplateFile } = await import('@aws/cloudformation-validate');
  const engine = new RegoEngine();
  const { status, diagnostics } = engine.validateStandard(new TemplateFile(TEMPLATE));
  engine.free();
  for (const { severity, ruleId, entity, propertyPath, message } of diagnostics) {
    if (SHOWN.has(severity))
      stdout.write(`${severity} ${ruleId} ${entity?.logicalId ?? ''} ${propertyPath ?? ''} ${message}\n`);
  }
  const failures = diagnostics.filter(({ severity }) => FAILING.has(severity)).length;
  const warnings = diagnostics.filter(({ severity }) => SHOWN.has(severity)).length - failures;
  const hints = diagnostics.length - failures - warnings;
  stdout.write(
    `${status}: ${failures} errors; ${warnings} warnings, which stop nothing; ` +
      `${hints} hints on style not shown, nearly all about what osls generates\n`,
  );
  return status !== 'OK' || failures > 0 ? 1 : 0;
}

const USAGE = `npm run validate

Checks the CloudFormation template that npm run package has made with AWS's own rules and schemas, offline. Exit status 0
when nothing in it would fail, 1 otherwise.
`;

export const main = plainCommand(
  'validate',
  { usage: USAGE, progress: 'Checking the CloudFormation template.' },
  validate,
);

await runIfMain(import.meta, main);
