import { join } from 'node:path';
import { type Io, plainCommand, runIfMain } from '../command.ts';
import { licenceProblems } from './allowed.ts';
import { bundledPackages } from './bundled.ts';
import { LOCKED_FOLDERS, lockProblems } from './lock.ts';

/** Lists the licences of all bundled packages, and checks the lockfiles. */
async function checkLicences({ stdout, stderr }: Io): Promise<number> {
  const packages = await bundledPackages();
  for (const { name, version, license } of packages) stdout.write(`${license}  ${name} ${version}\n`);
  const problems = [
    ...licenceProblems(packages),
    ...(await Promise.all(LOCKED_FOLDERS.map((folder) => lockProblems(join(folder, 'package-lock.json'))))).flat(),
  ];
  for (const problem of problems) stderr.write(`${problem}\n`);
  return packages.length === 0 || problems.length > 0 ? 1 : 0;
}

const USAGE = `npm run licences

Lists the licences of all that npm run build has put into the bundles, and checks them, and that the lockfiles are whole.
Exit status 0 when all are allowed, 1 otherwise.
`;

export const main = plainCommand('licences', { usage: USAGE }, checkLicences);

await runIfMain(import.meta, main);
