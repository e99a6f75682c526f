import { createHash } from 'node:crypto';
import { functionUrn, jsonencode, literal, type Resources } from './expressions.ts';
import type { FunctionConfig, Provider } from './schema.ts';

/** The group of functions for which no group is named. */
export const APP = 'default';

export const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex').slice(0, 16);

/**
 * Returns the environment variables as the API takes them. The provider compares the text, so it is compact and sorted. No
 * variables are `{}`: the provider does not send an empty value, and the old variables would stay.
 */
export function userData(fn: FunctionConfig, provider: Provider): string {
  const variables = Object.entries({ ...provider.environment, ...fn.environment });
  return JSON.stringify(Object.fromEntries(variables.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Compiles `functions.<key>` to the function. */
export const functionResource = (key: string, fn: FunctionConfig, provider: Provider, zip: Buffer): Resources => ({
  huaweicloud_fgs_function: {
    [key]: {
      name: fn.name,
      app: APP,
      functiongraph_version: 'v2',
      description: fn.description && literal(fn.description),
      runtime: fn.runtime ?? provider.runtime,
      handler: fn.handler,
      memory_size: fn.memorySize ?? provider.memorySize,
      timeout: fn.timeout,
      agency: fn.agency ?? provider.agency,
      app_agency: fn.executionAgency ?? provider.executionAgency,
      user_data: literal(userData(fn, provider)),
      initializer_handler: fn.initializer?.handler,
      initializer_timeout: fn.initializer?.timeout,
      max_instance_num: fn.maxInstances?.toString(),
      vpc_id: fn.vpc?.vpcId,
      network_id: fn.vpc?.subnetId,
      ...(fn.logs && {
        enable_lts_log: true,
        log_group_id: `\${${fn.logs.group}.id}`,
        log_group_name: `\${${fn.logs.group}.group_name}`,
        log_stream_id: `\${${fn.logs.stream}.id}`,
        log_stream_name: `\${${fn.logs.stream}.stream_name}`,
      }),
      code_type: 'zip',
      // The provider sends a changed name without the code, as the code's hash. So the name changes with the code only.
      code_filename: `${key}-${digest(zip)}.zip`,
      // A literal: Huawei's RFS forbids the functions that read a file.
      func_code: zip.toString('base64'),
      // Otherwise the provider deletes those that were made in the console.
      lifecycle: { ignore_changes: ['versions', 'reserved_instances'] },
    },
  },
});

/** Compiles what FunctionGraph does with events that it takes asynchronously. */
export const asyncResource = (key: string, { asynchronous }: FunctionConfig): Resources =>
  asynchronous === undefined
    ? {}
    : {
        huaweicloud_fgs_async_invoke_configuration: {
          [key]: {
            function_urn: functionUrn(key),
            max_async_retry_attempts: asynchronous.retries,
            max_async_event_age_in_seconds: asynchronous.eventAge,
            on_failure: [{ destination: 'SMN', param: jsonencode({ topic_urn: asynchronous.failedTopicUrn }) }],
          },
        },
      };
