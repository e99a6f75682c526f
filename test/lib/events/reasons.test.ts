import { expect, it } from 'vitest';
import { type EventRules, readEvent } from '../../../lib/events/read-event.ts';
import { WRAPPINGS } from '../../helpers/wrappings.ts';
import { A, KEY_RULES, PAST, RULES } from './reading.ts';

const { cloudevents, sns, sqs } = WRAPPINGS;

/** The sentences about the items of an event. */
const sentencesOf = (event: unknown, rules: EventRules = RULES) =>
  readEvent(event, rules).messages.flatMap(({ items }) =>
    items.map((item) => (item.kind === 'ignored' ? item.detail : item.kind === 'failed' ? item.conclusion.detail : '')),
  );

const object = (key: string, eventName = 'ObjectCreated:Put') => ({
  Records: [{ eventName, s3: { object: { key } } }],
});

it.each<readonly [string, RegExp, unknown, EventRules]>([
  ['an envelope of another type', /type/, cloudevents.wrap(A, 'other'), RULES],
  ['a message of another type', /type/, { asset_id: A, event_type: 'other' }, RULES],
  ['a message that has expired', /not_after/, { asset_id: A, not_after: PAST }, RULES],
  [
    'one that has expired and is of another type',
    /not_after/,
    { asset_id: A, not_after: PAST, event_type: 'other' },
    RULES,
  ],
  ['an object, without a pattern', /ASSET_ID_KEY_PATTERN/, object(`superseded/${A}`), RULES],
  ['an object that was deleted', /created/, object(`superseded/${A}`, 'ObjectRemoved:Delete'), KEY_RULES],
  ['an object whose key is too long', /longer/, object('x'.repeat(1_025)), KEY_RULES],
  ['an object that names no asset', /names no asset/, object('x'), KEY_RULES],
  ['a tombstone', /deletes a key/, { eventSource: 'aws:kafka', records: { t: [{ offset: 1 }] } }, RULES],
])('the reason is given why %s is ignored', (_, words, event, rules) => {
  const [sentence, ...others] = sentencesOf(event, rules);
  expect(sentence).toMatch(words);
  expect(others).toEqual([]);
});

const nested = Array.from({ length: 6 }).reduce<string>((text) => JSON.stringify(sns.wrap(text)), A);

it.each<readonly [string, RegExp, unknown]>([
  ['a message without an id', /names no asset/, {}],
  ['a malformed id', /not a valid/, 'hello'],
  ['an empty list', /asset_ids/, { asset_ids: [] }],
  ['a malformed time', /not_after/, { asset_id: A, not_after: 'tomorrow' }],
  ['malformed JSON', /JSON/, '{'],
  ['a number', /neither/, 7],
  ['an event inside an event inside an event', /nested/, nested],
  ['an event of another kind', /kind/, JSON.stringify({ cts: {} })],
])('the reason is given why %s fails', (_, words, message) => {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  expect(sentencesOf(sqs.wrap(text))).toEqual([expect.stringMatching(words)]);
});

it('the reason is given why an aggregate fails', () => {
  const data = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]).toString('base64');
  expect(sentencesOf({ Message: { records: [{ data }] } })).toEqual([expect.stringMatching('aggregate')]);
});
