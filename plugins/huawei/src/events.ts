import { functionUrn, type JsonObject, jsonencode, type Resources } from './expressions.ts';
import { digest } from './function.ts';
import type { Events, FunctionConfig } from './schema.ts';

/** How much longer than the function the gateway waits, so that the caller gets the function's answer. */
const GATEWAY_MARGIN_MS = 5000;

type TriggerKind = Exclude<keyof Events, 'apig'>;

/** `event_data` of each trigger, with the member names of FunctionGraph's "create a trigger". */
const TRIGGERS: { readonly [Kind in TriggerKind]: (event: Events[Kind]) => JsonObject } = {
  smn: ({ topicUrn }) => ({ topic_urn: topicUrn }),
  kafka: (event) => ({
    instance_id: event.instanceId,
    topic_ids: event.topicIds,
    batch_size: event.batchSize,
    kafka_user: event.sasl?.user,
    // The provider decrypts it with the default key of KMS.
    encrypted_kafka_password: event.sasl?.password,
  }),
  timer: ({ name, schedule, input }) => {
    const kind = /^\d+[mhd]$/.test(schedule) ? 'Rate' : 'Cron';
    return { name, schedule_type: kind, schedule, user_event: input };
  },
  obs: ({ name, bucket, events, prefix, suffix }) => ({ name, bucket, events, prefix, suffix }),
};

/**
 * A trigger cannot be changed, and what the API gives back of `event_data` differs from what it was given. So the difference
 * is ignored, and a `terraform_data` beside the trigger replaces it when the page or a variable changes.
 */
function trigger<Kind extends TriggerKind>(kind: Kind, name: string, event: Partial<Events>, key: string): Resources {
  const data = jsonencode(TRIGGERS[kind](event[kind] as Events[Kind]));
  return {
    terraform_data: { [name]: { input: data } },
    huaweicloud_fgs_function_trigger: {
      [name]: {
        function_urn: functionUrn(key),
        type: kind.toUpperCase(),
        event_data: data,
        // FunctionGraph creates a Kafka trigger disabled, and the provider sends no status then: the second apply enables it.
        status: kind === 'kafka' ? 'ACTIVE' : undefined,
        lifecycle: { ignore_changes: ['event_data'], replace_triggered_by: [`terraform_data.${name}`] },
      },
    },
  };
}

/** Compiles an API on a dedicated gateway, and its publication. */
function api(name: string, event: Events['apig'], key: string, fn: FunctionConfig): Resources {
  const { path, method, auth, instanceId, groupId, environmentId } = event;
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  const parameters = names.map((name) => ({
    name,
    location: 'PATH',
    type: 'STRING',
    required: true,
    passthrough: true,
  }));
  const definition: JsonObject = {
    instance_id: instanceId,
    group_id: groupId,
    name: fn.name,
    type: 'Private',
    request_protocol: 'HTTPS',
    request_method: method,
    request_path: path,
    security_authentication: auth,
    request_params: parameters,
    func_graph: [{ function_urn: functionUrn(key), version: 'latest', timeout: fn.timeout * 1000 + GATEWAY_MARGIN_MS }],
    // Without it the provider refuses a change of func_graph.
    enable_force_new: 'true',
  };
  const publication: JsonObject = {
    instance_id: instanceId,
    api_id: `\${huaweicloud_apig_api.${name}.id}`,
    env_id: environmentId,
    // The provider publishes again only when this text changes.
    description: `Definition ${digest(JSON.stringify(definition))}`,
  };
  return { huaweicloud_apig_api: { [name]: definition }, huaweicloud_apig_api_publishment: { [name]: publication } };
}

/** Compiles `functions.<key>.events`. */
export const eventResources = (key: string, fn: FunctionConfig): Resources[] =>
  fn.events.flatMap((event, index) =>
    (Object.keys(event) as (keyof Events)[]).map((kind) => {
      const earlier = fn.events.slice(0, index).filter((other) => kind in other).length;
      const name = `${key}-${kind}${earlier === 0 ? '' : `-${earlier + 1}`}`;
      return event.apig ? api(name, event.apig, key, fn) : trigger(kind as TriggerKind, name, event, key);
    }),
  );
