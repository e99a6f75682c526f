import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';

/** What serverless.yml can contain. Ranges and values are FunctionGraph's own: the Terraform provider checks almost none. */

const text = v.pipe(v.string(), v.minLength(1));
const maybe = v.optional(text);
const matching = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern));
const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const list = <Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.minLength(1));

const resource = (type: string) => matching(new RegExp(`^${type}\\.[a-z][a-z0-9_-]*$`));

/** Inside of the folder of the service. */
const relativePath = matching(/^(?!\/)(?!(.*\/)?\.\.(\/|$)).+$/);

/** `file.function`. The runtime splits at the dot, so there is exactly one. */
const entryPoint = matching(/^[A-Za-z0-9_-]+\.[A-Za-z_$][A-Za-z0-9_$]*$/);

// FunctionGraph's runtime sets the names that begin with RUNTIME_ itself.
const environment = v.record(matching(/^(?!RUNTIME_)[A-Za-z][A-Za-z0-9_]*$/), v.string());

const providerSchema = v.strictObject({
  region: matching(/^[a-z]+(-[a-z]+)+-[0-9]+$/),
  runtime: v.picklist(['Node.js18.15', 'Node.js20.15', 'Node.js22.18']),
  memorySize: v.picklist([128, 256, 512, 768, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096]),
  agency: text,
  executionAgency: maybe,
  environment: v.optional(environment),
});

/** A function can override what `provider` sets for all functions. */
const functionSchema = v.strictObject({
  ...v.partial(v.omit(providerSchema, ['region'])).entries,
  handler: entryPoint,
  bundle: relativePath,
  include: v.optional(list(relativePath)),
  description: v.optional(v.pipe(v.string(), v.maxLength(512))),
  timeout: whole(3, 259_200),
  initializer: v.optional(v.strictObject({ handler: entryPoint, timeout: whole(1, 300) })),
  vpc: v.optional(v.strictObject({ vpcId: text, subnetId: text })),
  logs: v.optional(
    v.strictObject({ group: resource('huaweicloud_lts_group'), stream: resource('huaweicloud_lts_stream') }),
  ),
  maxInstances: v.optional(whole(-1, 1000)),
  asynchronous: v.optional(v.strictObject({ retries: whole(0, 3), eventAge: whole(1, 86_400), failedTopicUrn: text })),
});

const eventSchemas = {
  apig: v.strictObject({
    path: matching(/^\//),
    method: v.picklist(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'ANY']),
    // No default: the provider's would let in everybody.
    auth: v.picklist(['IAM', 'APP']),
    instanceId: text,
    groupId: text,
    environmentId: text,
  }),
  smn: v.strictObject({ topicUrn: text }),
  kafka: v.strictObject({
    instanceId: text,
    topicIds: list(text),
    batchSize: whole(1, 1000),
    // A sensitive value is never text: it is a Terraform variable.
    sasl: v.optional(v.strictObject({ user: text, password: matching(/^\$\{var\.[a-z][a-z0-9_]*\}$/) })),
  }),
  // `schedule` is a rate, such as 3m, 1h or 1d, or a cron expression.
  timer: v.strictObject({ name: matching(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/), schedule: text, input: maybe }),
  obs: v.strictObject({ name: text, bucket: text, events: list(matching(/^s3:/)), prefix: maybe, suffix: maybe }),
};

const customSchema = v.object({
  huawei: v.optional(
    v.strictObject({
      build: maybe,
      terraform: v.optional(list(matching(/^(?!\/)(?!(.*\/)?\.\.(\/|$)).+\.tf$/))),
      locals: v.optional(v.record(v.string(), v.string())),
      backend: v.optional(v.record(v.string(), v.record(v.string(), v.any()))),
    }),
  ),
});

const json = (schema: v.GenericSchema) => toJsonSchema(schema, { target: 'draft-07' });

/** The same as JSON Schemas, as osls takes them. */
export const SCHEMAS = {
  custom: json(customSchema),
  provider: {
    provider: json(providerSchema),
    function: json(functionSchema),
    functionEvents: Object.fromEntries(Object.entries(eventSchemas).map(([kind, schema]) => [kind, json(schema)])),
  },
};

export type Events = { readonly [Kind in keyof typeof eventSchemas]: v.InferOutput<(typeof eventSchemas)[Kind]> };

/** `functions.<key>`, with what osls adds: `name` is `<service>-<stage>-<key>`, if the page names none. */
export interface FunctionConfig extends v.InferOutput<typeof functionSchema> {
  readonly name: string;
  readonly events: readonly Partial<Events>[];
  package?: { artifact: string };
}

export interface Provider extends v.InferOutput<typeof providerSchema> {
  readonly name: string;
  readonly stage: string;
}

export interface Service {
  readonly service: string;
  readonly provider: Provider;
  readonly functions: Readonly<Record<string, FunctionConfig>>;
  readonly custom?: v.InferOutput<typeof customSchema>;
}
