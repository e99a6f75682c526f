import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../lib/events/read-event.ts';
import { WRAPPINGS } from '../../helpers/wrappings.ts';
import { A, briefs, idsUpTo, RULES } from './reading.ts';

const MIB = 1024 * 1024;
const SIX_MB = 6 * MIB;

const read = (event: unknown): readonly string[] => briefs(readEvent(event, RULES)).flat();

// Anything quadratic takes many minutes here, and ends at the runner's limit for a test that hangs.
describe('an event of 6 MB', () => {
  it.each(Object.entries(WRAPPINGS))('is refused soon: %s', (name, { wrap }) => {
    const message = JSON.stringify({ asset_id: A, padding: 'x'.repeat(SIX_MB) });
    // What the host has parsed itself is there already; only text is measured.
    const parsed = ['cloudevents', 'cloudevents-batch', 'eventbridge', 'direct'].includes(name);
    expect(read(wrap(message))).toEqual([parsed ? `cancel ${A}` : 'BODY_TOO_LARGE']);
  });
});

describe('a message of 1 MiB', () => {
  it.each([
    ['no id', 'x'.repeat(MIB), ['INVALID_ASSET_ID']],
    ['brackets', '['.repeat(MIB), ['INVALID_BODY']],
    ['braces and names', '{"a":'.repeat(MIB / 5), ['INVALID_BODY']],
    ['white space', ' '.repeat(MIB), ['MISSING_ASSET_ID']],
    ['quotation marks', '"'.repeat(MIB), ['INVALID_BODY']],
    ['ids', JSON.stringify({ asset_ids: idsUpTo(29_000) }), ['BODY_TOO_LARGE']],
    ['malformed ids', JSON.stringify({ asset_ids: Array(300_000).fill('') }), ['BODY_TOO_LARGE']],
    ['messages', JSON.stringify({ messages: Array(300_000).fill('') }), ['BODY_TOO_LARGE']],
    ['empty envelopes', JSON.stringify({ messages: Array(55_000).fill('{"Records":[]}') }), []],
    [
      'a fraction of a second',
      `{"asset_id":"${A}","not_after":"2026-03-02T00:00:00.${'1'.repeat(MIB - 100)}Z"}`,
      [`cancel ${A}`],
    ],
    ['not base64', JSON.stringify({ Message: { records: [{ data: `${'A'.repeat(MIB - 100)}!` }] } }), ['INVALID_BODY']],
    ['base64', JSON.stringify({ Message: { records: [{ data: 'A'.repeat(MIB - 100) }] } }), ['MISSING_ASSET_ID']],
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
