import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { command, runIfMain } from './command.ts';
import { DOCUMENT } from './openapi/document.ts';
import { writeFiles } from './write.ts';

/** The file with the description of the HTTP function. */
export const OPENAPI_FILE = join(resolve(import.meta.dirname, '..'), 'docs/openapi.yaml');

/** Returns the text of the file. */
export function openapiYaml(): string {
  const yaml = stringify(DOCUMENT, { lineWidth: 120, aliasDuplicateObjects: false });
  return `# Made by npm run openapi from the tables and schemas of lib/; changes belong there.\n${yaml}`;
}

const USAGE = `npm run openapi

Writes docs/openapi.yaml from the tables and schemas of lib/.
`;

export const main = command('openapi', { usage: USAGE }, async ({ stdout }) => {
  await writeFiles([{ path: OPENAPI_FILE, contents: openapiYaml() }], new Date());
  stdout.write('docs/openapi.yaml\n');
  return 0;
});

await runIfMain(import.meta, main);
