import { bundledPackages } from './bundled.ts';
import { lockProblems } from './lock.ts';

/** Licences that ask for no more than the notices which are in every zip; by name, so that a new one stops the release. */
const ALLOWED: ReadonlySet<string> = new Set(['Apache-2.0', 'MIT']);

/** Lists the licences of everything bundled, and checks that what is installed can only be what was locked. */
async function checkLicences(): Promise<void> {
  const packages = await bundledPackages();
  for (const { name, version, license } of packages) console.log(`${license}  ${name} ${version}`);
  const refused = packages.filter(({ license }) => !ALLOWED.has(license));
  const problems = [
    ...refused.map(({ name, license }) => `${name} is bundled under ${license}, which nobody has allowed yet`),
    ...(await lockProblems('package-lock.json')),
    ...(await lockProblems('test/hosts/tools/package-lock.json')),
  ];
  for (const problem of problems) console.error(problem);
  if (packages.length === 0 || problems.length > 0) process.exitCode = 1;
}

await checkLicences();
