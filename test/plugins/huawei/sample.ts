import { compile } from '../../../plugins/huawei/src/compile.ts';
import type { FunctionConfig, Provider, Service } from '../../../plugins/huawei/src/schema.ts';

type Body = Readonly<Record<string, unknown>>;

/** Resources of the compiled configuration, by type and name. */
export type Compiled = {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  readonly output: Readonly<Record<string, Body>>;
  readonly locals: Body;
};

const PROVIDER: Provider = {
  name: 'huawei',
  stage: 'test',
  region: 'cn-north-4',
  runtime: 'Node.js20.15',
  memorySize: 256,
  agency: 'platform',
};

const FUNCTION: FunctionConfig = {
  name: 'sample-test-work',
  handler: 'index.handler',
  bundle: 'dist/work',
  timeout: 10,
  events: [],
};

/** How the compiled configuration names the function of the sample. */
export const URN = '${join(":", slice(split(":", huaweicloud_fgs_function.work.id), 0, 7))}';

export const APIG = {
  path: '/things/{thing_id}',
  method: 'DELETE',
  auth: 'APP',
  instanceId: 'i',
  groupId: 'g',
  environmentId: 'e',
} as const;

/** A service of one function, `work`. */
export const sample = (fn: Partial<FunctionConfig> = {}, provider: Partial<Provider> = {}): Service => ({
  service: 'sample',
  provider: { ...PROVIDER, ...provider },
  functions: { work: { ...FUNCTION, ...fn } },
});

/** The sample as Terraform would read it: what is undefined is not there. */
export const compiled = (service: Service, code = 'code'): Compiled =>
  JSON.parse(JSON.stringify(compile(service, new Map([['work', Buffer.from(code)]])))) as Compiled;
