import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../lib/cancel/failure.ts';
import { readEvent } from '../../../../lib/events/read-event.ts';
import { ASSET_ID as ASSET } from '../../../helpers/contexts.ts';
import { KEY_RULES, outcomeOf, RULES, sample } from '../reading.ts';

const NOT_AN_ID = ['INVALID_ASSET_ID'];

/** The trigger each sample is recognised as, and what becomes of its messages. */
const HANDLED: Readonly<Record<string, readonly [trigger: string, messages: readonly (readonly string[])[]]>> = {
  'amazon-activemq': ['amazon-activemq', [[`cancel ${ASSET}`]]],
  'amazon-rabbitmq': ['amazon-rabbitmq', [[`cancel ${ASSET}`]]],
  'async-destination-failure': ['destination', [[`cancel ${ASSET}`]]],
  'cloudevents-batch': ['cloudevents', [[`cancel ${ASSET}`], [`ignored ${ASSET}`]]],
  dis: ['dis', [NOT_AN_ID, NOT_AN_ID, NOT_AN_ID, NOT_AN_ID]],
  'dms-kafka': ['kafka', Array(5).fill(NOT_AN_ID)],
  eventbridge: ['eventbridge', [[`cancel ${ASSET}`]]],
  'eventbridge-s3': ['eventbridge-s3', [['ignored']]],
  'eventgrid-custom': ['cloudevents', [['ignored']]],
  'eventgrid-obs': ['eventgrid-obs', [['ignored']]],
  'kafka-by-record': ['kafka', Array(2).fill(NOT_AN_ID)],
  'kafka-oldest': ['kafka', Array(5).fill(NOT_AN_ID)],
  'kafka-opensource': ['kafka', Array(5).fill(NOT_AN_ID)],
  kinesis: ['kinesis', [[`cancel ${ASSET}`]]],
  msk: ['msk', [[`cancel ${ASSET}`]]],
  'msk-cloudevents': ['msk', [[`cancel ${ASSET}`], ['ignored']]],
  'obs-s3': ['s3', [['ignored']]],
  'obs-v3': ['obs', [['ignored']]],
  'pipes-kinesis': ['kinesis', [[`cancel ${ASSET}`]]],
  'pipes-msk': ['msk', [[`cancel ${ASSET}`]]],
  'pipes-sqs': ['sqs', [[`cancel ${ASSET}`]]],
  rabbitmq: ['rabbitmq', Array(5).fill(NOT_AN_ID)],
  rocketmq: ['rocketmq', Array(5).fill(NOT_AN_ID)],
  s3: ['s3', [['ignored']]],
  's3-test': ['s3', [['ignored']]],
  'self-managed-kafka': ['self-managed-kafka', [[`cancel ${ASSET}`]]],
  smn: ['smn', [NOT_AN_ID]],
  sns: ['sns', [[`cancel ${ASSET}`]]],
  'sns-notification': ['sns', [[`cancel ${ASSET}`]]],
  sqs: ['sqs', [[`cancel ${ASSET}`]]],
  timer: ['timer', [['MISSING_ASSET_ID']]],
};

/** What the refusal of each sample that is none of ours calls it. */
const REFUSED: Readonly<Record<string, string>> = {
  apig: 'an HTTP request',
  'async-destination': 'a destination record without its payload',
  'blank-test-template': "the console's test event",
  cts: 'a trace of CTS',
  dds: 'a change of DDS',
  'eventbridge-lambda-failure': 'a destination record of Lambda',
  iotda: 'a notification of IoTDA',
  'lambda-destination': 'a destination record of Lambda',
  lts: 'a batch of logs of LTS',
  'vod-transcode-complete': 'of an unknown shape',
};

it('knows every sample', () => {
  const files = readdirSync(new URL('../../../events', import.meta.url)).filter((file) => file.endsWith('.json'));
  expect([...Object.keys(HANDLED), ...Object.keys(REFUSED)].sort()).toEqual(
    files.map((file) => file.replace('.json', '')).sort(),
  );
});

describe('a documented event', () => {
  it.each(Object.entries(HANDLED))('%s', (name, [trigger, messages]) => {
    expect(readEvent(sample(name), RULES)).toMatchObject({
      trigger,
      failureReport: trigger === 'sqs' ? 'batch_item_failures' : 'throw',
    });
    expect(outcomeOf(sample(name))).toEqual(messages);
  });

  it.each(['eventbridge-s3', 'eventgrid-obs', 'obs-s3', 'obs-v3', 's3', 's3-test'])(
    '%s is ignored with a key pattern as well, when its key does not match',
    (name) => expect(outcomeOf(sample(name), KEY_RULES)).toEqual([['ignored']]),
  );

  it.each(Object.entries(REFUSED))('%s is refused as %s', (name, words) => {
    expect(() => readEvent(sample(name), RULES)).toThrow(Failure);
    expect(outcomeOf(sample(name))).toMatch(`UNSUPPORTED_EVENT: The event is ${words}`);
  });

  it('names the SQS record', () => {
    expect(readEvent(sample('sqs'), RULES).messages).toMatchObject([
      { items: [{ kind: 'cancel', assetId: ASSET }], itemIdentifier: '059f36b4-87a3-44ab-83d2-661975830a7d' },
    ]);
  });
});
