import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../lib/triggers/read-event.ts';
import { WRAPPINGS } from '../../../local/emit/wrap.ts';
import { A, briefs, idsUpTo, RULES } from './reading.ts';

const SIX_MB = 6 * 1024 * 1024;

const read = (event: unknown): readonly string[] => briefs(readEvent(event, RULES)).flat();

// Anything quadratic takes many minutes here, and ends at the runner's limit for a test that hangs.
describe('an event of 6 MB', () => {
  const padding = 'x'.repeat(SIX_MB);
  const message = JSON.stringify({ asset_id: A, padding });

  it.each(Object.entries(WRAPPINGS))('is read soon: %s', (_, { wrap }) => {
    expect(read(wrap(message))).toEqual([`cancel ${A}`]);
  });

  it.each([
    ['no id', padding, ['INVALID_ASSET_ID']],
    ['brackets', '['.repeat(SIX_MB), ['INVALID_BODY']],
    ['braces and names', '{"a":'.repeat(SIX_MB / 5), ['INVALID_BODY']],
    ['white space', ' '.repeat(SIX_MB), ['INVALID_ASSET_ID']],
    ['quotation marks', '"'.repeat(SIX_MB), ['INVALID_BODY']],
    ['ids', JSON.stringify({ asset_ids: idsUpTo(170_000) }), ['BODY_TOO_LARGE']],
    ['malformed ids', JSON.stringify({ asset_ids: Array(1_500_000).fill('') }), ['BODY_TOO_LARGE']],
    ['messages', JSON.stringify({ messages: Array(2_000_000).fill('') }), ['BODY_TOO_LARGE']],
    ['empty envelopes', JSON.stringify({ messages: Array(300_000).fill('{"Records":[]}') }), []],
    [
      'a fraction of a second',
      `{"asset_id":"${A}","not_after":"2026-03-02T00:00:00.${'1'.repeat(SIX_MB)}Z"}`,
      [`cancel ${A}`],
    ],
    ['not base64', JSON.stringify({ Message: { records: [{ data: `${'A'.repeat(SIX_MB)}!` }] } }), ['INVALID_BODY']],
    ['base64', JSON.stringify({ Message: { records: [{ data: 'A'.repeat(SIX_MB) }] } }), ['INVALID_ASSET_ID']],
  ])('is read soon when it is nothing but %s', (_, text, expected) => {
    expect(read(WRAPPINGS.sqs.wrap(text))).toEqual(expected);
  });
});

describe('10,000 ids', () => {
  it.each([
    ['in one message', { asset_ids: idsUpTo(10_000) }],
    ['in as many messages', WRAPPINGS.kafka.wrapAll(idsUpTo(10_000))],
    ['in as many records of their own', WRAPPINGS['kafka-by-record'].wrapAll(idsUpTo(10_000))],
    [
      'in as many envelopes',
      WRAPPINGS.sqs.wrapAll(idsUpTo(10_000).map((id) => JSON.stringify(WRAPPINGS.sns.wrap(id)))),
    ],
  ])('%s are read soon', (_, event) => {
    expect(read(event)).toHaveLength(10_000);
  });
});
