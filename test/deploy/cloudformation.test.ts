import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { CHECK_TOOLS, installTools } from '../../scripts/install-tools.ts';
import { packagedAws } from './aws-package.ts';

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

it("the template for AWS passes AWS's own rules and schemas", async ({ annotate }) => {
  const { copy, path } = await packagedAws();
  const { RegoEngine, TemplateFile } = await loadValidator();
  const engine = new RegoEngine();
  const template = new TemplateFile(path);
  const { status, diagnostics } = engine.validateStandard(template);
  engine.free();
  await copy.remove();
  const linesOf = (...severities: readonly string[]): string[] =>
    diagnostics
      .filter(({ severity }) => severities.includes(severity))
      .map(({ ruleId, entity, propertyPath, message }) =>
        [ruleId, entity?.logicalId, propertyPath, message].filter((part) => part !== undefined).join(' '),
      );
  // Warnings stop nothing, and the levels below are style, mostly of what osls generates.
  for (const warning of linesOf('WARN')) await annotate(warning, 'warning');
  expect(linesOf('FATAL', 'ERROR')).toEqual([]);
  expect(status).toBe('OK');
});
