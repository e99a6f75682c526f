import { activeMq, amazonRabbitMq } from './amazon-mq.ts';
import { msk, pipedMsk, pipedSelfManagedKafka, selfManagedKafka, untypedAwsKafka } from './aws-kafka.ts';
import { cloudEvents } from './cloudevents.ts';
import { cloudEventsBatch } from './cloudevents-batch.ts';
import { destination } from './destination.ts';
import { direct } from './direct.ts';
import { dis } from './dis.ts';
import { empty } from './empty.ts';
import { eventBridge } from './eventbridge.ts';
import { kinesis, pipedKinesis } from './kinesis.ts';
import { kafka, rabbitMq, rocketMq, untypedQueue } from './message-queues.ts';
import { obsThroughEventGrid, s3ThroughEventBridge } from './object-events.ts';
import { obs, s3, s3Test } from './object-records.ts';
import { smn } from './smn.ts';
import { sns, snsNotification } from './sns.ts';
import type { Source } from './source.ts';
import { pipedSqs, sqs } from './sqs.ts';
import { timer } from './timer.ts';

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
