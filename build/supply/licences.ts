import { licenceProblems } from './allowed.ts';
import { bundledPackages } from './bundled.ts';
import { lockProblems } from './lock.ts';

/** Lists the licences of everything bundled, and checks that what is installed can only be what was locked. */
async function checkLicences(): Promise<void> {
  const packages = await bundledPackages();
  for (const { name, version, license } of packages) console.log(`${license}  ${name} ${version}`);
  const problems = [
    ...licenceProblems(packages),
    ...(await lockProblems('package-lock.json')),
    ...(await lockProblems('test/hosts/tools/package-lock.json')),
  ];
  for (const problem of problems) console.error(problem);
  if (packages.length === 0 || problems.length > 0) process.exitCode = 1;
}

await checkLicences();
