import { eventResources } from './events.ts';
import { functionUrn, type Json, type JsonObject, type Resources } from './expressions.ts';
import { APP, asyncResource, functionResource } from './function.ts';
import type { FunctionConfig, Provider, Service } from './schema.ts';

/** The provider's version that the configuration was checked with. RFS recommends a bound, and offers older ones. */
const PROVIDER = {
  cli: { source: 'huaweicloud/huaweicloud', version: '1.97.1' },
  rfs: { source: 'huawei.com/provider/huaweicloud', version: '>= 1.72.1' },
};

/** The first with `terraform_data`; OpenTofu began later. */
export const OLDEST_ENGINE = '1.4.0';

/**
 * Compiles a service to Terraform's JSON.
 *
 * @param zips - the code of each function, by its key
 */
export function compile(service: Service, zips: ReadonlyMap<string, Buffer>): JsonObject {
  const { provider } = service;
  const functions = Object.entries(service.functions);
  const resource: Resources = {};
  for (const [key, fn] of functions) {
    const made = [functionResource(key, fn, provider, zips.get(key) ?? Buffer.alloc(0)), asyncResource(key, fn)];
    for (const part of [...made, ...eventResources(key, fn)])
      for (const [type, byName] of Object.entries(part)) resource[type] = { ...resource[type], ...byName };
  }
  const each = (of: (key: string, fn: FunctionConfig) => Json): JsonObject =>
    Object.fromEntries(functions.map(([key, fn]) => [key, of(key, fn)]));
  const hasKafka = functions.some(([, { events }]) => events.some(({ kafka }) => kafka !== undefined));
  const secondTime = 'FunctionGraph creates a Kafka trigger disabled. Deploy once more: the second time enables it.';
  return {
    locals: {
      region: provider.region,
      prefix: `${service.service}-${provider.stage}`,
      // The names apart: what a function needs itself, such as a log stream, must not depend on the function.
      names: each((_key, { name }) => name),
      // `id` has the version `latest`, as EventGrid takes it. `dimension` is how Cloud Eye names a function.
      functions: each((key, { name }) => ({
        id: `\${huaweicloud_fgs_function.${key}.id}`,
        urn: functionUrn(key),
        dimension: `${APP}-${name}`,
      })),
      ...service.custom?.huawei?.locals,
    },
    resource,
    output: { function_urns: { value: each(functionUrn) }, ...(hasKafka && { kafka: { value: secondTime } }) },
  };
}

/** The one file that differs by runner: RFS keeps the state itself, and finds the provider elsewhere. */
export const terraformFile = (
  runner: keyof typeof PROVIDER,
  { region }: Provider,
  backend?: JsonObject,
): JsonObject => ({
  terraform: {
    required_version: backend && `>= ${OLDEST_ENGINE}`,
    backend,
    required_providers: [{ huaweicloud: PROVIDER[runner] }],
  },
  provider: { huaweicloud: { region } },
});
