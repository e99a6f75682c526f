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
 * Every kind of event this function handles; the first that matches wins. There is no common envelope
 * and no reliable type field across the platforms, so each is told by its shape.
 */
export const SOURCES: readonly Source[] = [
  // Object events first: some are CloudEvents or EventBridge events as well, whatever their type.
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
  // Shapes so plain that an object which names an asset goes before them.
  untypedQueue,
  untypedAwsKafka,
  empty,
];

/** The source of an event or of a message that is an event itself; undefined where it is none of the table. */
export function sourceOf(event: unknown): Source | undefined {
  return SOURCES.find(({ matches }) => matches(event));
}
