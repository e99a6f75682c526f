import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../helpers/properties.ts';
import { WRAPPINGS, type WrappingName } from '../../helpers/wrappings.ts';
import { A, FUTURE, outcomeOf, PAST } from './reading.ts';

/** Each is one envelope: a direct call is none, and a CloudEvent in a record's headers is one more than its record. */
const ENVELOPES = Object.keys(WRAPPINGS).filter(
  (name): name is WrappingName => name !== 'direct' && name !== 'msk-cloudevents',
);

const assetId = fc.stringMatching(/^[0-9a-f]{32}$/);
const envelope = fc.constantFrom(...ENVELOPES);

/** A message and the items it stands for. */
const message = fc.oneof(
  assetId.map((id) => [id, [`cancel ${id}`]] as const),
  assetId.map((id) => [JSON.stringify({ asset_id: id, more: { asset_id: 'x' } }), [`cancel ${id}`]] as const),
  fc
    .uniqueArray(assetId, { minLength: 1, maxLength: 4 })
    .map((ids) => [JSON.stringify({ asset_ids: ids, not_after: FUTURE }), ids.map((id) => `cancel ${id}`)] as const),
  assetId.map((id) => [JSON.stringify({ asset_id: id, not_after: PAST }), [`ignored ${id}`]] as const),
  fc.constantFrom(
    ['{}', ['MISSING_ASSET_ID']] as const,
    ['', ['MISSING_ASSET_ID']] as const,
    ['nonsense', ['INVALID_ASSET_ID']] as const,
    ['{"asset_ids":[]}', ['INVALID_BODY']] as const,
    ['{"asset_id":', ['INVALID_BODY']] as const,
  ),
);

/** Wraps from the inside out: the last name is the outermost. */
const wrapIn = (names: readonly WrappingName[], text: string): unknown =>
  names.reduce<unknown>(
    (event, name) => WRAPPINGS[name].wrap(typeof event === 'string' ? event : JSON.stringify(event)),
    text,
  );

describe('unwrapping undoes wrapping', () => {
  it.each(ENVELOPES)('in %s', (name) => {
    fc.assert(
      fc.property(message, ([text, items]) => {
        // A destination record without a payload is no event at all.
        fc.pre(name !== 'destination' || text !== '');
        expect(outcomeOf(WRAPPINGS[name].wrap(text))).toEqual([items]);
      }),
    );
  });

  it('in any nesting up to the limit', () => {
    const nesting = fc.array(envelope, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(nesting, message, (names, [text, items]) => {
        fc.pre(names[0] !== 'destination' || text !== '');
        expect(outcomeOf(wrapIn(names, text))).toEqual([items]);
      }),
      { numRuns: runs(300) },
    );
  });

  it('and no further', () => {
    const nesting = fc.array(envelope, { minLength: 6, maxLength: 8 });
    fc.assert(
      fc.property(nesting, (names) => {
        expect(outcomeOf(wrapIn(names, A))).toEqual([['UNSUPPORTED_EVENT']]);
      }),
    );
  });

  it('counts no envelope for a direct call', () => {
    const names = Array<WrappingName>(5).fill('sns');
    expect(outcomeOf(JSON.stringify(wrapIn(names, A)))).toEqual([[`cancel ${A}`]]);
    expect(outcomeOf(JSON.stringify(wrapIn([...names, 'sqs'], A)))).toEqual([['UNSUPPORTED_EVENT']]);
  });

  it('in text that is quoted over and over', () => {
    const quoted = Array.from({ length: 12 }).reduce<string>((text) => JSON.stringify(text), `{"asset_id":"${A}"}`);
    expect(outcomeOf(WRAPPINGS.sqs.wrap(quoted))).toEqual([[`cancel ${A}`]]);
  });
});

describe('a batch of batches', () => {
  const batches = ENVELOPES.flatMap((name) => {
    const wrapping = WRAPPINGS[name];
    // An empty list without an envelope is no event.
    return 'wrapAll' in wrapping && !Array.isArray(wrapping.wrapAll([])) ? [wrapping.wrapAll] : [];
  });

  it('keeps the order, and every message has its items', () => {
    const batch = fc.constantFrom(...batches);
    fc.assert(
      fc.property(
        batch,
        batch,
        fc.array(fc.array(message, { maxLength: 5 }), { maxLength: 5 }),
        (outer, inner, groups) => {
          const event = outer(groups.map((group) => JSON.stringify(inner(group.map(([text]) => text)))));
          expect(outcomeOf(event)).toEqual(groups.map((group) => group.flatMap(([, items]) => items)));
        },
      ),
    );
  });
});
