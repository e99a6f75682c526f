import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../lib/events/read-event.ts';
import { OBJECT_WRAPPINGS } from '../../../helpers/wrappings.ts';
import { A, B, KEY_RULES, outcomeOf } from '../reading.ts';

const record = (key: unknown, eventName: unknown = 'ObjectCreated:Put', member = 's3') => ({
  eventName,
  [member]: { object: { key } },
});

describe('the key of an object', () => {
  it.each([
    ['with %2F', `superseded%2F${A}`, [`cancel ${A}`]],
    ['not encoded', `superseded/${A}`, [`cancel ${A}`]],
    ['with a + for a space', `superseded/+${A}`, ['ignored']],
    ['that does not decode is taken as it stands', `superseded/${A}%`, ['ignored']],
    ['without an id', 'superseded/', ['ignored']],
    ['empty', '', ['ignored']],
    ['missing', undefined, ['MISSING_ASSET_ID']],
    ['no string', 7, ['MISSING_ASSET_ID']],
  ])('%s', (_, key, items) => {
    expect(outcomeOf({ Records: [record(key)] }, KEY_RULES)).toEqual([items]);
    expect(outcomeOf({ Records: [record(key, 'ObjectCreated:Put', 'obs')] }, KEY_RULES)).toEqual([items]);
  });

  it('may have 1,024 bytes, decoded, and not one more', () => {
    const rules = { ...KEY_RULES, assetIdKeyPattern: /^ü*(?<asset_id>[0-9a-f]{32})$/ };
    const key = `${'ü'.repeat((1_024 - 32) / 2)}${A}`;
    expect(outcomeOf({ Records: [record(encodeURIComponent(key)), record(`${key}a`)] }, rules)).toEqual([
      [`cancel ${A}`],
      ['ignored'],
    ]);
    const bridged = [key, `${key}a`].map((one) => outcomeOf(OBJECT_WRAPPINGS['eventbridge-s3'](one), rules));
    expect(bridged).toEqual([[[`cancel ${A}`]], [['ignored']]]);
  });

  it('that does not decode can still match', () => {
    const rules = { ...KEY_RULES, assetIdKeyPattern: /^100%\/a\+b\/(?<asset_id>[0-9a-f]{32})$/ };
    expect(outcomeOf({ Records: [record(`100%/a+b/${A}`)] }, rules)).toEqual([[`cancel ${A}`]]);
  });

  it('is not decoded through EventBridge', () => {
    const event = (key: string) => OBJECT_WRAPPINGS['eventbridge-s3'](key);
    expect(outcomeOf(event(`superseded%2F${A}`), KEY_RULES)).toEqual([['ignored']]);
    expect(outcomeOf(event(`superseded/${A}`), KEY_RULES)).toEqual([[`cancel ${A}`]]);
  });
});

describe('an object event', () => {
  it.each([
    ['ObjectCreated:Put', 'cancel'],
    ['ObjectCreated:Post', 'cancel'],
    ['ObjectCreated:Copy', 'cancel'],
    ['ObjectCreated:CompleteMultipartUpload', 'cancel'],
    ['s3:ObjectCreated:Put', 'cancel'],
    ['OBS:DWR:ObjectCreated:PUT', 'cancel'],
    ['ObjectRemoved:Delete', 'ignored'],
    ['ObjectRemoved:DeleteMarkerCreated', 'ignored'],
    ['ObjectRestore:Completed', 'ignored'],
    ['ObjectCreatedLater:Put', 'ignored'],
    [undefined, 'ignored'],
    [7, 'ignored'],
  ])('named %s', (eventName, kind) => {
    const event = { Records: [{ s3: { object: { key: `superseded/${A}` } }, eventName }] };
    expect(readEvent(event, KEY_RULES).messages[0]?.items).toMatchObject([{ kind }]);
  });

  it.each(['Object Deleted', 'Object Restore Completed', 'object created'])('through EventBridge as %s', (type) => {
    const event = { ...OBJECT_WRAPPINGS['eventbridge-s3'](`superseded/${A}`), 'detail-type': type };
    expect(outcomeOf(event, KEY_RULES)).toEqual([['ignored']]);
  });

  it.each(['OBS:DWR:ObjectRemoved:Delete', 'OBS:DWR:ObjectRemoved:DeleteMarkerCreated'])(
    'through EventGrid as %s',
    (type) => {
      const event = { ...OBJECT_WRAPPINGS['eventgrid-obs'](`superseded/${A}`), type };
      expect(outcomeOf(event, KEY_RULES)).toEqual([['ignored']]);
    },
  );

  it('through EventGrid in each of its layouts', () => {
    const event = OBJECT_WRAPPINGS['eventgrid-obs'](`superseded/${A}`);
    const other = { obs: { object: { key: `superseded%2F${B}` } }, eventName: 'ObjectCreated:Put' };
    const cancelBoth = [[`cancel ${A}`], [`cancel ${B}`]];
    expect(outcomeOf({ ...event, data: [event['data'], other] }, KEY_RULES)).toEqual(cancelBoth);
    expect(outcomeOf({ ...event, data: { Records: [event['data'], other] } }, KEY_RULES)).toEqual(cancelBoth);
    expect(outcomeOf({ ...event, data: JSON.stringify([event['data'], other]) }, KEY_RULES)).toEqual(cancelBoth);
    expect(outcomeOf({ ...event, data: [] }, KEY_RULES)).toEqual([]);
    for (const data of [undefined, '{', 7, {}, { obs: null }]) {
      expect(outcomeOf({ ...event, data }, KEY_RULES)).toEqual([['MISSING_ASSET_ID']]);
    }
  });

  it('counts as one, even where its type is among those that mean superseded', () => {
    const rules = { ...KEY_RULES, supersededEventTypes: ['Object Created', 'OBS:DWR:ObjectCreated:PUT'] };
    const [grid, bridge] = [OBJECT_WRAPPINGS['eventgrid-obs']('x'), OBJECT_WRAPPINGS['eventbridge-s3']('x')];
    expect(outcomeOf({ ...grid, data: { ...(grid['data'] as object), asset_id: A } }, rules)).toEqual([['ignored']]);
    expect(outcomeOf({ ...bridge, detail: { ...(bridge['detail'] as object), asset_id: A } }, rules)).toEqual([
      ['ignored'],
    ]);
  });

  it('through EventGrid is not parsed where its data is text of more than 1 MiB', () => {
    const event = OBJECT_WRAPPINGS['eventgrid-obs'](`superseded/${A}`);
    const sized = (bytes: number) => {
      const json = JSON.stringify(event['data']);
      return `${' '.repeat(bytes - json.length)}${json}`;
    };
    const ofData = (data: object) => outcomeOf({ ...event, data: undefined, ...data }, KEY_RULES);
    const inBase64 = (text: string) => ({ data_base64: Buffer.from(text).toString('base64') });
    expect(ofData({ data: sized(2 ** 20) })).toEqual([[`cancel ${A}`]]);
    expect(ofData({ data: sized(2 ** 20 + 1) })).toEqual([['BODY_TOO_LARGE']]);
    expect(ofData(inBase64(sized(2 ** 20)))).toEqual([[`cancel ${A}`]]);
    expect(ofData(inBase64(sized(2 ** 20 + 1)))).toEqual([['BODY_TOO_LARGE']]);
  });

  it('fails for a record that describes no object, as an asset may be lost with it', () => {
    const event = { Records: [null, record(`superseded/${A}`), { eventName: 'ObjectCreated:Put' }] };
    expect(outcomeOf(event, KEY_RULES)).toEqual([['MISSING_ASSET_ID'], [`cancel ${A}`], ['MISSING_ASSET_ID']]);
  });

  it('comes through topics and queues, its test event included', () => {
    const notice = JSON.stringify({ Records: [record(`superseded/${A}`)] });
    const sns = JSON.stringify({ Type: 'Notification', TopicArn: 'arn', Message: notice });
    const test = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' });
    expect(
      outcomeOf(
        {
          Records: [
            { messageId: '1', body: sns },
            { messageId: '2', body: test },
          ],
        },
        KEY_RULES,
      ),
    ).toEqual([[`cancel ${A}`], ['ignored']]);
  });
});
