import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { isMain, runPlain } from '../local/command.ts';
import { DOCUMENT } from './openapi/document.ts';
import { writeFiles } from './write.ts';

/** The description of the HTTP function, as it is checked in. */
export const OPENAPI_FILE = join(resolve(import.meta.dirname, '..'), 'docs/openapi.yaml');

/** The text that the file must have. */
export function openapiYaml(): string {
  const yaml = stringify(DOCUMENT, { lineWidth: 120, aliasDuplicateObjects: false });
  return `# Made by npm run openapi from the tables and schemas of lib/; changes belong there.\n${yaml}`;
}

const USAGE = `npm run openapi

Writes docs/openapi.yaml from the tables and schemas of lib/.
`;

if (isMain(import.meta)) {
  await runPlain('openapi', { usage: USAGE }, async () => {
    await writeFiles([{ path: OPENAPI_FILE, contents: openapiYaml() }], new Date());
    console.log('docs/openapi.yaml');
    return 0;
  });
}
