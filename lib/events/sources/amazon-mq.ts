import { isRecord, own } from '../../json.ts';
import { fromBase64 } from './encoded.ts';
import { type Delivery, delivered, each, type Source } from './source.ts';

const openMessage = (message: unknown): Delivery => fromBase64(own(message, 'data'));

/** Amazon MQ for ActiveMQ. */
export const activeMq: Source = {
  name: 'amazon-activemq',
  matches: (event) => own(event, 'eventSource') === 'aws:mq' && own(event, 'messages') !== undefined,
  open: (event) => each(delivered(own(event, 'messages')), openMessage),
};

/** Amazon MQ for RabbitMQ: one list for each queue and virtual host. */
export const amazonRabbitMq: Source = {
  name: 'amazon-rabbitmq',
  matches: (event) => {
    const queues = queuesOf(event);
    return own(event, 'eventSource') === 'aws:rmq' && (queues === null || isRecord(queues));
  },
  open: openQueues,
};

const queuesOf = (event: unknown): unknown => own(event, 'rmqMessagesByQueue');

function* openQueues(event: unknown): Iterable<Delivery> {
  for (const queue of Object.values(queuesOf(event) ?? {})) yield* each(delivered(queue), openMessage);
}
