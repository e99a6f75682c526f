import { expect, it } from 'vitest';
import { readEvent } from '../../../../lib/events/read-event.ts';
import { RULES } from '../reading.ts';

const data = Buffer.from('x').toString('base64');

const kinesis = (record: object) => ({ Records: [{ kinesis: { data, sequenceNumber: '49' }, ...record }] });

const msk = (event: object, record: object = {}) => ({
  eventSource: 'aws:kafka',
  records: { 't-0': [{ topic: 't', partition: 0, offset: 7, value: data, ...record }] },
  ...event,
});

const dis = (event: object) => ({ Message: { records: [{ data, sequence_number: '3' }] }, ...event });

const sns = (MessageId: unknown) => ({ Records: [{ Sns: { Message: 'x', MessageId } }] });

it.each<readonly [string, unknown, string | undefined]>([
  ['of Kinesis', kinesis({ eventSourceARN: 'arn', eventID: 'shard-1:49' }), 'kinesis ["arn","shard-1:49","49"]'],
  ['of Kinesis without a stream or an id', kinesis({}), 'kinesis ["-","-","49"]'],
  ['of Kafka with a cluster', msk({ eventSourceArn: 'arn' }), 'msk ["arn","t",0,7]'],
  ['of Kafka with servers', msk({ bootstrapServers: 'b:9092' }), 'msk ["b:9092","t",0,7]'],
  ['of Kafka with both', msk({ eventSourceArn: 'arn', bootstrapServers: 'b:9092' }), 'msk ["arn","t",0,7]'],
  ['of Kafka with neither', msk({}), 'msk ["-","t",0,7]'],
  ['of Kafka without its offset', msk({}, { offset: undefined }), undefined],
  ['of DIS', dis({ StreamName: 's', ShardID: 'shard-1' }), 'dis ["s","shard-1","3"]'],
  ['of DIS without a stream or a shard', dis({}), 'dis ["-","-","3"]'],
  ['with an id that is a text', sns('m'), 'sns ["m"]'],
  ['without an id', sns(undefined), undefined],
  ['with an id that is null', sns(null), undefined],
  ['with an id that is empty', sns(''), undefined],
  ['with an id that is an object', sns({}), undefined],
  ['with an id that is true', sns(true), undefined],
])('the identity of a message %s', (_, event, identity) => {
  expect(readEvent(event, RULES).messages.map((message) => message.identity)).toEqual([identity]);
});
