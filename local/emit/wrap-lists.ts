import { awsWrappings } from './wrap-aws.ts';
import { huaweiWrappings } from './wrap-huawei.ts';
import { batch, type Wrapping } from './wrapping.ts';

type Fields = Readonly<Record<string, unknown>>;

const recordsOf = (event: unknown): readonly Fields[] => (event as { readonly Records: readonly Fields[] }).Records;

/** Kafka's records as EventBridge Pipes delivers them: flat, each with the event's source. */
function pipedKafka(event: unknown): Fields[] {
  const { eventSource, bootstrapServers, records } = event as Fields & { records: Record<string, Fields[]> };
  return Object.values(records).flatMap((partition) =>
    partition.map((record) => ({ ...record, eventSource, bootstrapServers })),
  );
}

/** Events that are lists without an envelope: EventBridge Pipes, and the batch format of CloudEvents. */
export const listWrappings = {
  'cloudevents-batch': {
    wrap: (message, eventType?: string) => [huaweiWrappings.cloudevents.wrap(message, eventType)],
    wrapAll: (messages) => messages.map((message) => huaweiWrappings.cloudevents.wrap(message)),
  },
  'pipes-sqs': batch((messages) => recordsOf(awsWrappings.sqs.wrapAll(messages))),
  'pipes-kinesis': batch((messages) =>
    recordsOf(awsWrappings.kinesis.wrapAll(messages)).map(({ kinesis, ...record }) => ({
      ...(kinesis as Fields),
      ...record,
    })),
  ),
  'pipes-msk': batch((messages) => pipedKafka(awsWrappings.msk.wrapAll(messages))),
  'pipes-self-managed-kafka': batch((messages) => pipedKafka(awsWrappings['self-managed-kafka'].wrapAll(messages))),
} as const satisfies Record<string, Wrapping>;
