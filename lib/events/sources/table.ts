import {
  activeMq,
  amazonRabbitMq,
  eventBridge,
  kinesis,
  msk,
  pipedKinesis,
  pipedMsk,
  pipedSelfManagedKafka,
  pipedSqs,
  selfManagedKafka,
  sns,
  snsNotification,
  sqs,
  untypedAwsKafka,
} from './aws.ts';
import { cloudEvents } from './cloudevents.ts';
import { cloudEventsBatch } from './cloudevents-batch.ts';
import { direct, empty } from './direct.ts';
import { destination, dis, kafka, rabbitMq, rocketMq, smn, timer, untypedQueue } from './huawei.ts';
import { obs, obsThroughEventGrid, s3, s3Test, s3ThroughEventBridge } from './objects.ts';
import type { Source } from './source.ts';

/**
 * Every kind of event that this function handles. The first that matches wins. The platforms have no common envelope
 * and no reliable type field, so each kind is recognised by its shape.
 */
const SOURCES: readonly Source[] = [
  // Object events come first: some of them are also CloudEvents or EventBridge events.
  obs,
  s3,
  s3Test,
  obsThroughEventGrid,
  s3ThroughEventBridge,
  cloudEvents,
  eventBridge,
  smn,
  kafka,
  rabbitMq,
  rocketMq,
  dis,
  timer,
  sqs,
  sns,
  snsNotification,
  kinesis,
  msk,
  selfManagedKafka,
  activeMq,
  amazonRabbitMq,
  destination,
  direct,
  // Lists without an envelope.
  cloudEventsBatch,
  pipedSqs,
  pipedKinesis,
  pipedMsk,
  pipedSelfManagedKafka,
  // These shapes are so general that an object with an asset id comes before them.
  untypedQueue,
  untypedAwsKafka,
  empty,
];

/** Returns the source of an event, or of a message that is an event; undefined if no source matches. */
export function sourceOf(event: unknown): Source | undefined {
  return SOURCES.find(({ matches }) => matches(event));
}
