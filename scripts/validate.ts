import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { command, type Io, runIfMain } from './command.ts';
import { CHECK_TOOLS, installTools } from './tools.ts';

const TEMPLATE = resolve(import.meta.dirname, '../.serverless-aws/cloudformation-template-update-stack.json');

/** Levels that can fail in AWS. Lower ones are style, mostly of what osls generates. */
const FAILING = new Set(['FATAL', 'ERROR']);
const SHOWN = new Set([...FAILING, 'WARN']);

/** What is used of the validator. Its own types are only there once it is installed. */
interface Validator {
  readonly TemplateFile: new (path: string) => object;
  readonly RegoEngine: new () => {
    validateStandard(template: object): { readonly status: string; readonly diagnostics: readonly Diagnostic[] };
    free(): void;
  };
}

interface Diagnostic {
  readonly severity: string;
  readonly ruleId: string;
  readonly entity?: { readonly logicalId?: string };
  readonly propertyPath?: string;
  readonly message: string;
}

async function loadValidator(): Promise<Validator> {
  const path = join(await installTools(CHECK_TOOLS), '@aws/cloudformation-validate/index.js');
  return import(pathToFileURL(path).href);
}

/** Checks the packaged template with AWS's own rules and schemas, offline. */
async function validate({ stdout, stderr }: Io): Promise<number> {
  stderr.write('Checking the CloudFormation template.\n');
  if (!existsSync(TEMPLATE)) throw new Error('there is no template. Run npm run package first.');
  const { RegoEngine, TemplateFile } = await loadValidator();
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

Checks the CloudFormation template that npm run package has made with AWS's own rules and schemas, offline. The first run
installs the validator. Exit status 0 when nothing in the template would fail, 1 otherwise.
`;

export const main = command('validate', { usage: USAGE }, validate);

await runIfMain(import.meta, main);
