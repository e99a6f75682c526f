import { readFile } from 'node:fs/promises';
import { type Host, UserError } from './host.ts';

/** A block of a file that `terraform fmt` formatted: its brace closes at the beginning of a line. */
const BLOCK = /^variable "(\w+)" \{(?:\}|([\s\S]*?)^\})/gm;

/** Reads the variables that a Terraform file declares. */
export const declaredVariables = (text: string) =>
  [...text.matchAll(BLOCK)].map(([, name = '', body = '']) => ({
    name,
    description: /^ {2}description\s*=\s*"(.*)"$/m.exec(body)?.[1] ?? '',
    hasDefault: /^ {2}default\s*=/m.test(body),
  }));

/**
 * Collects the values of the variables for the engine, which reads `TF_VAR_<name>` from the environment itself.
 *
 * @param file - a `.tfvars` file of the deployer; it need not exist
 * @returns arguments of the engine; `--param` wins over the file, and the file over the environment
 * @throws UserError that names each variable without a value, and each `--param` without a variable
 */
export async function variableArguments(
  host: Host,
  variables: ReturnType<typeof declaredVariables>,
  file: string,
): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const params = host.options.param ?? [];
  const given = params.map((param) => param.split('=', 1)[0]);
  const unknown = given.filter((name) => !variables.some((variable) => variable.name === name));
  if (unknown.length > 0) {
    const names = variables.map(({ name }) => name).join(', ') || 'none';
    throw new UserError(
      `No Terraform file declares ${unknown.join(', ')}, which --param sets. Declared: ${names}`,
      'UNKNOWN_VARIABLE',
    );
  }
  const inFile = [...(text ?? '').matchAll(/^\s*(\w+)\s*=/gm)].map(([, name]) => name);
  const missing = variables.filter(
    ({ name, hasDefault }) =>
      !(hasDefault || given.includes(name) || inFile.includes(name) || host.env[`TF_VAR_${name}`]),
  );
  if (missing.length > 0)
    throw new UserError(
      [
        'These variables have no value:',
        ...missing.map(({ name, description }) => `  ${name}: ${description}`),
        `Pass --param=name=value, set TF_VAR_name in the environment, or write name = "value" into ${file}`,
      ].join('\n'),
      'MISSING_VARIABLE',
    );
  return [...(text === undefined ? [] : [`-var-file=${file}`]), ...params.map((param) => `-var=${param}`)];
}
