import { KEY_SOURCES, keyValues, sampleEvent } from '../../local/emit/sample-event.ts';
import { aws, partitionOf, recordsOf } from './wrappings/aws.ts';
import { huawei } from './wrappings/huawei.ts';
import { batch, type Fields, sample, type Wrapping } from './wrappings/wrapping.ts';

/** Kafka's records as EventBridge Pipes delivers them: flat, each with the event's source. */
function pipedKafka(event: Fields): Fields[] {
  const { eventSource, bootstrapServers } = event;
  return partitionOf(event).map((record) => ({ ...record, eventSource, bootstrapServers }));
}

/** Events that are lists without an envelope: EventBridge Pipes, and the batch format of CloudEvents. */
const lists = {
  'cloudevents-batch': {
    wrap: (message, eventType?: string) => [huawei.cloudevents.wrap(message, eventType)],
    wrapAll: (messages) => messages.map((message) => huawei.cloudevents.wrap(message)),
  },
  'pipes-sqs': batch((messages) => recordsOf(aws.sqs.wrapAll(messages))),
  'pipes-kinesis': batch((messages) =>
    recordsOf(aws.kinesis.wrapAll(messages)).map(({ kinesis, ...record }) => ({
      ...(kinesis as Fields),
      ...record,
    })),
  ),
  'pipes-msk': batch((messages) => pipedKafka(aws.msk.wrapAll(messages))),
  'pipes-self-managed-kafka': batch((messages) => pipedKafka(aws['self-managed-kafka'].wrapAll(messages))),
} as const satisfies Record<string, Wrapping>;

/** Every source, and every layout of a source, that the functions read. A layout has a name of its own. */
export const WRAPPINGS = {
  ...huawei,
  ...aws,
  ...lists,
  direct: { wrap: (message: string): unknown => sample('direct', message) },
} as const satisfies Record<string, Wrapping>;

export type WrappingName = keyof typeof WRAPPINGS;

/** The events of each source that says "an object with this key was created". */
export const OBJECT_WRAPPINGS = Object.fromEntries(
  KEY_SOURCES.map((source) => [source, (key: string) => sampleEvent(source, keyValues(key)) as Fields]),
) as Readonly<Record<(typeof KEY_SOURCES)[number], (key: string) => Fields>>;
