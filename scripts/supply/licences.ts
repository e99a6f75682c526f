import { command, type Io, runIfMain } from '../command.ts';
import { licenceProblems } from './allowed.ts';
import { bundledPackages } from './bundled.ts';

/** Lists the licences of all bundled packages. */
async function checkLicences({ stdout, stderr }: Io): Promise<number> {
  const packages = await bundledPackages();
  for (const { name, version, license } of packages) stdout.write(`${license}  ${name} ${version}\n`);
  const problems = licenceProblems(packages);
  for (const problem of problems) stderr.write(`${problem}\n`);
  return packages.length === 0 || problems.length > 0 ? 1 : 0;
}

const USAGE = `npm run licences

Lists the licences of everything that npm run build has put into the bundles. Exit status 0 if all of them are allowed, 1
otherwise.
`;

export const main = command('licences', { usage: USAGE }, checkLicences);

await runIfMain(import.meta, main);
