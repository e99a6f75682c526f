import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../lib/events/read-event.ts';
import { WRAPPINGS } from '../../../helpers/wrappings.ts';
import { A, B, C, FUTURE, outcomeOf, PAST, RULES } from '../reading.ts';

/** What a message comes to, the same whichever way it is sent. */
const itemsOf = (message: unknown): string[] => {
  const text = JSON.stringify(message);
  const [inQueue] = outcomeOf(WRAPPINGS.sqs.wrap(text)) as string[][];
  expect(outcomeOf(WRAPPINGS.dis.wrap(text))).toEqual([inQueue]);
  expect(outcomeOf(WRAPPINGS.cloudevents.wrap(text))).toEqual([inQueue]);
  return inQueue ?? [];
};

describe('the ids of a message', () => {
  it.each([
    ['one', { asset_id: A }, [`cancel ${A}`]],
    ['a list', { asset_ids: [B, A] }, [`cancel ${B}`, `cancel ${A}`]],
    ['both, as their union', { asset_ids: [B, A], asset_id: C }, [`cancel ${C}`, `cancel ${B}`, `cancel ${A}`]],
    ['one twice', { asset_id: A, asset_ids: [B, A, B] }, [`cancel ${A}`, `cancel ${B}`]],
    ['none', {}, ['MISSING_ASSET_ID']],
    ['other members only', { id: A, assetId: A, data: { asset_id: A } }, ['MISSING_ASSET_ID']],
    ['an empty one', { asset_id: '' }, ['MISSING_ASSET_ID']],
    ['null', { asset_id: null }, ['MISSING_ASSET_ID']],
    ['an empty one beside a list', { asset_id: '', asset_ids: [A] }, [`cancel ${A}`]],
    ['too short', { asset_id: A.slice(1) }, ['INVALID_ASSET_ID']],
    ['in capital letters', { asset_id: A.toUpperCase() }, ['INVALID_ASSET_ID']],
    ['with a line break', { asset_id: `${A}\n` }, ['INVALID_ASSET_ID']],
    ['a number', { asset_id: 42 }, ['INVALID_ASSET_ID']],
    ['an object', { asset_id: { asset_id: A } }, ['INVALID_ASSET_ID']],
    [
      'a malformed one among good',
      { asset_ids: [A, 'x', 7, null, '', B] },
      [`cancel ${A}`, ...Array(3).fill('INVALID_ASSET_ID'), 'MISSING_ASSET_ID', `cancel ${B}`],
    ],
    ['the same malformed one twice', { asset_ids: ['x', 'x'] }, ['INVALID_ASSET_ID']],
    ['an empty list', { asset_ids: [] }, ['INVALID_BODY']],
    ['an empty list beside one', { asset_id: A, asset_ids: [] }, [`INVALID_BODY ${A}`]],
    ['no list', { asset_ids: A }, ['INVALID_BODY']],
    ['no list, but null', { asset_ids: null }, ['INVALID_BODY']],
    ['null beside null', { asset_id: null, asset_ids: null }, ['INVALID_BODY']],
    ['null beside a list', { asset_id: null, asset_ids: [A] }, [`cancel ${A}`]],
    ['null for a list beside one', { asset_id: A, asset_ids: null }, [`cancel ${A}`]],
    ['no list, but an object', { asset_ids: { 0: A, length: 1 } }, ['INVALID_BODY']],
  ])('%s', (_, message, items) => {
    expect(itemsOf(message)).toEqual(items);
  });

  it('are its own, never inherited', () => {
    const inherited: unknown = Object.create({ asset_id: A, asset_ids: [A] });
    expect(outcomeOf({ record: [{ smn: { message: inherited } }] })).toEqual([['MISSING_ASSET_ID']]);
    expect(outcomeOf(inherited)).toMatch('UNSUPPORTED_EVENT');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('are not read from %s', (name) => {
    const text = `{"${name}":{"asset_id":"${A}","not_after":"x"},"asset_id":"${B}"}`;
    expect(outcomeOf(JSON.parse(text))).toEqual([[`cancel ${B}`]]);
    expect(outcomeOf(WRAPPINGS.kafka.wrap(text))).toEqual([[`cancel ${B}`]]);
    expect(outcomeOf(WRAPPINGS.kafka.wrap(`{"${name}":{"asset_id":"${A}"}}`))).toEqual([['MISSING_ASSET_ID']]);
    expect(({} as Record<string, unknown>)['asset_id']).toBeUndefined();
  });

  it('meet the rule of the settings', () => {
    const rules = { ...RULES, assetIdPattern: /^\d{3}$/ };
    expect(outcomeOf({ asset_id: '123' }, rules)).toEqual([['cancel 123']]);
    expect(outcomeOf(WRAPPINGS.kafka.wrap('123'), rules)).toEqual([['cancel 123']]);
    expect(outcomeOf({ asset_id: 123 }, rules)).toEqual([['INVALID_ASSET_ID']]);
  });

  it('are never taken from text that is JSON, however wide the rule', () => {
    const rules = { ...RULES, assetIdPattern: /.*/ };
    expect(outcomeOf(WRAPPINGS.kafka.wrap(`{"asset_id":"${A}"}`), rules)).toEqual([[`cancel ${A}`]]);
    expect(outcomeOf(WRAPPINGS.kafka.wrap('{"asset_id":'), rules)).toEqual([['INVALID_BODY']]);
  });
});

describe('text', () => {
  it.each([
    ['a bare id', A, [`cancel ${A}`]],
    ['a bare id in quotation marks', `"${A}"`, [`cancel ${A}`]],
    ['JSON in a JSON string', JSON.stringify(JSON.stringify({ asset_id: A })), [`cancel ${A}`]],
    ['JSON with white space around it', ` \n{"asset_id":"${A}"}\r\n`, [`cancel ${A}`]],
    ['no id', 'kafka message1', ['INVALID_ASSET_ID']],
    ['no id in quotation marks', '"kafka message1"', ['INVALID_ASSET_ID']],
    ['nothing', '', ['MISSING_ASSET_ID']],
    ['an object that is cut off', `{"asset_id":"${A}"`, ['INVALID_BODY']],
    ['a string that is cut off', `"${A}`, ['INVALID_BODY']],
    ['a list', `["${A}"]`, ['INVALID_BODY']],
    ['a number', '42', ['INVALID_BODY']],
    ['null', 'null', ['INVALID_BODY']],
    ['true', 'true', ['INVALID_BODY']],
    ['NUL', '\0', ['MISSING_ASSET_ID']],
    ['nothing but white space', ' \r\n', ['MISSING_ASSET_ID']],
    ['a bare id with white space in it', `${A.slice(1)} 0`, ['INVALID_ASSET_ID']],
    ['a list of events', JSON.stringify([WRAPPINGS.cloudevents.wrap(A)]), [`cancel ${A}`]],
  ])('%s', (_, text, items) => {
    expect(outcomeOf(WRAPPINGS.sqs.wrap(text))).toEqual([items]);
    expect(outcomeOf(WRAPPINGS.smn.wrap(text))).toEqual([items]);
    expect(outcomeOf(WRAPPINGS.msk.wrap(text))).toEqual([items]);
  });
});

describe('a bare id', () => {
  // Unicode's White_Space, the byte order mark and NUL.
  const around = [
    ...['\t', '\n', '\v', '\f', '\r', ' ', '\u0085', '\u00A0', '\u1680', '\u2000', '\u2003', '\u200A'],
    ...['\u2028', '\u2029', '\u202F', '\u205F', '\u3000', '\uFEFF', '\0', '\r\n', ' \n\0'],
  ];

  it.each(around.map((text) => [JSON.stringify(text), text]))('may have %s around it', (_, text) => {
    for (const spaced of [`${A}${text}`, `${text}${A}`, `${text}${A}${text}`, JSON.stringify(`${A}${text}`)]) {
      for (const { wrap } of Object.values(WRAPPINGS)) expect(outcomeOf(wrap(spaced))).toEqual([[`cancel ${A}`]]);
    }
  });
});

describe('not_after', () => {
  it.each([
    ['to come', { asset_ids: [A, B], not_after: FUTURE }, [`cancel ${A}`, `cancel ${B}`]],
    ['this very moment', { asset_id: A, not_after: '2026-03-01T12:00:00Z' }, [`cancel ${A}`]],
    ['past', { asset_ids: [A, B], not_after: PAST }, [`ignored ${A}`, `ignored ${B}`]],
    ['past, by its offset', { asset_id: A, not_after: '2026-03-01T13:00:00+02:00' }, [`ignored ${A}`]],
    ['past, with a malformed id', { asset_ids: [A, 'x'], not_after: PAST }, [`ignored ${A}`, 'ignored']],
    ['past, without an id', { not_after: PAST }, ['MISSING_ASSET_ID']],
    ['malformed', { asset_id: A, not_after: 'tomorrow' }, [`INVALID_BODY ${A}`]],
    ['malformed, for several', { asset_ids: [A, B], not_after: 'tomorrow' }, ['INVALID_BODY']],
    ['malformed, for none', { asset_id: 'x', not_after: '' }, ['INVALID_BODY']],
    ['a number', { asset_id: A, not_after: 4_000_000_000_000 }, [`INVALID_BODY ${A}`]],
    ['in a list', { asset_id: A, not_after: [FUTURE] }, [`INVALID_BODY ${A}`]],
    ['null', { asset_id: A, not_after: null }, [`cancel ${A}`]],
    ['without an offset', { asset_id: A, not_after: '2026-03-01T12:00:01' }, [`INVALID_BODY ${A}`]],
  ])('%s', (_, message, items) => {
    expect(itemsOf(message)).toEqual(items);
  });
});

describe('event_type', () => {
  it.each([
    ['superseded', { asset_id: A, event_type: 'vod.upload.superseded' }, [`cancel ${A}`]],
    ['another', { asset_id: A, event_type: 'createComplete' }, [`ignored ${A}`]],
    ['another in other letters', { asset_id: A, event_type: 'VOD.upload.superseded' }, [`ignored ${A}`]],
    ['another, for several', { asset_ids: [A, 'x'], event_type: '' }, [`ignored ${A}`, 'ignored']],
    ['another, without an id', { event_type: 'createComplete', create_info: { asset_id: A } }, ['ignored']],
    ['another, in a malformed message', { asset_ids: [], event_type: 'other' }, ['ignored']],
    ['no string', { asset_id: A, event_type: 7 }, [`cancel ${A}`]],
    ['null', { asset_id: A, event_type: null }, [`cancel ${A}`]],
  ])('%s', (_, message, items) => {
    expect(itemsOf(message)).toEqual(items);
  });
});

describe('the reading of an event', () => {
  it('has what was read, and no member without a value', () => {
    const notAfterMs = Date.parse(FUTURE);
    expect(readEvent({ asset_id: A, superseded_by: B, not_after: FUTURE }, RULES)).toStrictEqual({
      trigger: 'direct',
      failureReport: 'throw',
      traceId: undefined,
      messages: [{ items: [{ kind: 'cancel', assetId: A, supersededBy: B, notAfterMs }] }],
    });
    expect(readEvent({ asset_id: A }, RULES).messages).toStrictEqual([{ items: [{ kind: 'cancel', assetId: A }] }]);
  });
});

describe('superseded_by', () => {
  const items = (superseded_by: unknown) =>
    readEvent({ asset_ids: [A, B], superseded_by }, RULES).messages.flatMap((message) => message.items);

  it('is carried where it meets the rule', () => {
    expect(items(C)).toEqual([
      { kind: 'cancel', assetId: A, supersededBy: C },
      { kind: 'cancel', assetId: B, supersededBy: C },
    ]);
  });

  it.each([undefined, null, '', 'x', 7, { id: C }])('is overlooked where it is %j', (value) => {
    expect(items(value)).toEqual([
      { kind: 'cancel', assetId: A },
      { kind: 'cancel', assetId: B },
    ]);
  });
});
