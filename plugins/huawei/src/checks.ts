import { APP, userData } from './function.ts';
import type { FunctionConfig, Provider, Service } from './schema.ts';

/** FunctionGraph's limits on the environment variables of a function: characters in all, and variables. */
const [CHARACTERS, VARIABLES] = [4096, 20];

/** Cloud Eye takes 64 characters of `<app>-<name>`. A function with a longer name cannot be watched. */
const NAME_LIMIT = 64 - `${APP}-`.length;

const NAME = /^[A-Za-z][A-Za-z0-9_-]*[A-Za-z0-9]$/;

/** Names of secrets. Everybody who may look at the function, or has the state, reads its variables. */
const SECRET = /(^|_)(AK|SK|ACCESS_KEY(_ID)?|SECRET(_ACCESS)?_KEY|SECRET|PRIVATE_KEY|PASSWORD|(SECURITY_)?TOKEN)$/i;

const secretProblems = (environment: FunctionConfig['environment'], owner: string): string[] =>
  Object.keys(environment ?? {})
    .filter((name) => SECRET.test(name))
    .map((name) => `at '${owner}.environment.${name}': a secret is not allowed here; "agency" gives the code its key`);

function sizeProblems(fn: FunctionConfig, path: string, provider: Provider): string[] {
  const all = userData(fn, provider);
  const count = Object.keys(JSON.parse(all) as object).length;
  return [
    ...(all.length > CHARACTERS ? [`at '${path}.environment': ${all.length} characters are over ${CHARACTERS}`] : []),
    ...(count > VARIABLES ? [`at '${path}.environment': ${count} variables are over ${VARIABLES}`] : []),
  ];
}

function nameProblems(name: string, path: string): string[] {
  if (!NAME.test(name))
    return [`at '${path}.name': "${name}" is not a valid name: use letters, digits, - and _, and begin with a letter`];
  if (name.length <= NAME_LIMIT) return [];
  return [`at '${path}.name': "${name}" is over ${NAME_LIMIT} characters: Cloud Eye cannot watch it`];
}

/** Returns what a JSON Schema cannot say: a line for each problem, with its path. */
export const serviceProblems = ({ functions, provider }: Service): string[] => [
  ...secretProblems(provider.environment, 'provider'),
  ...Object.entries(functions).flatMap(([key, fn]) => [
    ...nameProblems(fn.name, `functions.${key}`),
    ...secretProblems(fn.environment, `functions.${key}`),
    ...sizeProblems(fn, `functions.${key}`, provider),
  ]),
];
