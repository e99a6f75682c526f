import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../lib/events/read-event.ts';
import type { Wrapping } from '../../../helpers/wrappings/wrapping.ts';
import { OBJECT_WRAPPINGS, WRAPPINGS } from '../../../helpers/wrappings.ts';
import { A, B, C, KEY_RULES, outcomeOf, RULES } from '../reading.ts';

const cancel = (...ids: string[]) => ids.map((id) => `cancel ${id}`);
const withId = (asset_id: unknown) => JSON.stringify({ asset_id });
const withIds = (...asset_ids: unknown[]) => JSON.stringify({ asset_ids });

const SOURCES: readonly (readonly [string, Wrapping])[] = Object.entries(WRAPPINGS);
const BATCHES = SOURCES.flatMap(([name, { wrapAll }]) => (wrapAll === undefined ? [] : [[name, wrapAll] as const]));
const TYPED = [
  ...(['cloudevents', 'cloudevents-text', 'cloudevents-base64', 'cloudevents-batch'] as const),
  ...(['msk-cloudevents', 'eventbridge'] as const),
];

/** Names of layouts that are logged under the name of their source. */
const TRIGGER: Readonly<Record<string, string>> = {
  'cloudevents-text': 'cloudevents',
  'cloudevents-base64': 'cloudevents',
  'kafka-by-record': 'kafka',
  'kafka-oldest': 'kafka',
  'sns-notification': 'sns',
  'msk-cloudevents': 'msk',
  'cloudevents-batch': 'cloudevents',
  'pipes-sqs': 'sqs',
  'pipes-kinesis': 'kinesis',
  'pipes-msk': 'msk',
  'pipes-self-managed-kafka': 'self-managed-kafka',
};

describe.each(SOURCES)('%s', (name, { wrap }) => {
  it('is recognised', () => {
    expect(readEvent(wrap(withId(A)), RULES)).toMatchObject({
      trigger: TRIGGER[name] ?? name,
      failureReport: TRIGGER[name] === 'sqs' || name === 'sqs' ? 'batch_item_failures' : 'throw',
    });
  });

  it('one good', () => {
    expect(outcomeOf(wrap(withId(A)))).toEqual([cancel(A)]);
    expect(outcomeOf(wrap(A))).toEqual([cancel(A)]);
  });

  it('many good in one message', () => {
    expect(outcomeOf(wrap(withIds(A, B, C)))).toEqual([cancel(A, B, C)]);
  });

  it('one bad among good in one message', () => {
    expect(outcomeOf(wrap(withIds(A, 'bad', C)))).toEqual([[...cancel(A), 'INVALID_ASSET_ID', ...cancel(C)]]);
  });

  it('all bad in one message', () => {
    expect(outcomeOf(wrap(withIds(1, 'bad', null)))).toEqual([Array(3).fill('INVALID_ASSET_ID')]);
  });

  it('of another type', () => {
    const other = JSON.stringify({ event_type: 'transcodeComplete', asset_id: A });
    expect(outcomeOf(wrap(other))).toEqual([[`ignored ${A}`]]);
  });

  it('survives JSON', () => {
    expect(outcomeOf(JSON.parse(JSON.stringify(wrap(withId(A)))))).toEqual([cancel(A)]);
  });
});

describe.each(BATCHES)('a batch: %s', (_, wrapAll) => {
  it('many good, each a message', () => {
    expect(outcomeOf(wrapAll([withId(A), B, withIds(C, A)]))).toEqual([cancel(A), cancel(B), cancel(C, A)]);
  });

  it('one bad among good, each a message', () => {
    expect(outcomeOf(wrapAll([withId(A), '{"asset_id":', withId(C)]))).toEqual([
      cancel(A),
      ['INVALID_BODY'],
      cancel(C),
    ]);
  });

  it('all bad, each a message', () => {
    expect(outcomeOf(wrapAll(['{}', 'bad', '[]']))).toEqual([
      ['MISSING_ASSET_ID'],
      ['INVALID_ASSET_ID'],
      ['INVALID_BODY'],
    ]);
  });

  it('an empty batch', () => {
    const empty = wrapAll([]);
    // A list without an envelope does not say whose it is when it is empty.
    if (Array.isArray(empty)) expect(outcomeOf(empty)).toMatch('UNSUPPORTED_EVENT');
    else expect(readEvent(empty, RULES)).toMatchObject({ failureReport: 'throw', messages: [] });
  });
});

describe.each(TYPED)('%s of another type', (name) => {
  const { wrap } = WRAPPINGS[name];

  it('is ignored, whatever it holds', () => {
    expect(outcomeOf(wrap(withId(A), 'vod.upload.completed'))).toEqual([[`ignored ${A}`]]);
    expect(outcomeOf(wrap(withIds(A, 'bad'), 'vod.upload.completed'))).toEqual([[`ignored ${A}`, 'ignored']]);
    expect(outcomeOf(wrap('{"asset', 'vod.upload.completed'))).toEqual([['ignored']]);
  });

  it('is read when the type is any of those that mean superseded', () => {
    expect(outcomeOf(wrap(withId(A), 'upload.replaced'))).toEqual([cancel(A)]);
  });
});

describe.each(Object.entries(OBJECT_WRAPPINGS))('objects: %s', (name, wrap) => {
  it('is recognised', () => {
    expect(readEvent(wrap('job.png'), RULES)).toMatchObject({ trigger: name, failureReport: 'throw' });
  });

  it('never means superseded without a pattern', () => {
    expect(outcomeOf(wrap(`superseded/${A}`))).toEqual([['ignored']]);
    expect(outcomeOf(wrap(A))).toEqual([['ignored']]);
  });

  it('names the asset by the pattern', () => {
    expect(outcomeOf(wrap(`superseded/${A}`), KEY_RULES)).toEqual([cancel(A)]);
  });

  it('is ignored where the key does not match', () => {
    expect(outcomeOf(wrap(`uploads/${A}`), KEY_RULES)).toEqual([['ignored']]);
  });

  it('fails where the key names what is no asset id', () => {
    const rules = { ...KEY_RULES, assetIdKeyPattern: /^superseded\/(?<asset_id>.*)$/ };
    expect(outcomeOf(wrap('superseded/x y+z'), rules)).toEqual([['INVALID_ASSET_ID']]);
    expect(outcomeOf(wrap('superseded/'), rules)).toEqual([['ignored']]);
  });

  it('gets the key as it was, whatever is in it', () => {
    const assetIdKeyPattern = /^(?<asset_id>.*)$/;
    for (const key of ['a/b', 'a b', 'a+b', 'a%2Fb', '100%', 'ä+ü', '%']) {
      const rules = { ...KEY_RULES, assetIdKeyPattern, assetIdPattern: /.*/ };
      expect(outcomeOf(wrap(key), rules)).toEqual([cancel(key)]);
    }
  });
});
