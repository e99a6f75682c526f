import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { SupersededMessageSchema } from '../../../lib/events/message-schema.ts';
import { ASSET_ID as ASSET } from '../../helpers/contexts.ts';
import { WRAPPINGS } from '../../helpers/wrappings.ts';
import { toJsonSchema } from './json-schema.ts';
import { A, B, FUTURE, outcomeOf, PAST, RULES } from './reading.ts';

const docs = (path: string) => readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');

describe('the published JSON Schema', () => {
  it('is what the schema in the code says (else: copy the difference shown here)', () => {
    expect(JSON.parse(docs('events/superseded-message.schema.json'))).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      ...toJsonSchema(SupersededMessageSchema),
    });
  });

  it('is made of nothing that the converter does not know', () => {
    expect(() => toJsonSchema(v.number())).toThrow('no JSON Schema is known for number');
    expect(() => toJsonSchema(v.pipe(v.string(), v.email()))).toThrow('no JSON Schema is known for email');
  });
});

describe('the schema of a message', () => {
  it.each([
    [{ asset_id: A }, true],
    [{ asset_ids: [A, B] }, true],
    [{ asset_id: A, asset_ids: [B], more: { of: 'it' } }, true],
    [{ asset_id: A, not_after: FUTURE, superseded_by: B, event_type: 'vod.upload.superseded' }, true],
    [{}, false],
    [{ asset_id: '' }, false],
    [{ asset_id: 7 }, false],
    [{ asset_ids: [] }, false],
    [{ asset_ids: [A, 7] }, false],
    [{ asset_ids: A }, false],
    [{ asset_id: A, not_after: 'tomorrow' }, false],
  ])('%j: %s', (message, valid) => {
    expect(v.is(SupersededMessageSchema, message)).toBe(valid);
    expect(/MISSING|INVALID/.test(JSON.stringify(outcomeOf(WRAPPINGS.sqs.wrap(JSON.stringify(message)))))).toBe(!valid);
  });

  it('takes nothing that the code refuses', () => {
    const assetId = fc.constantFrom(A, B, '', 'x', 7, null, undefined);
    const message = fc.record({
      asset_id: assetId,
      asset_ids: fc.option(fc.array(assetId, { maxLength: 3 }), { nil: undefined }),
      not_after: fc.constantFrom(PAST, FUTURE, 'tomorrow', 7, undefined),
      superseded_by: assetId,
      event_type: fc.constantFrom('vod.upload.superseded', 'createComplete', 7, undefined),
    });
    fc.assert(
      fc.property(message, (value) => {
        fc.pre(v.is(SupersededMessageSchema, value));
        const outcome = outcomeOf(WRAPPINGS.sqs.wrap(JSON.stringify(value)), { ...RULES, assetIdPattern: /./ });
        expect(JSON.stringify(outcome)).toMatch(/^\[\[("(cancel|ignored) [0-9a-fx]+",?)+\]\]$/);
      }),
    );
  });
});

describe('the page for publishers', () => {
  const examples = [...docs('events.md').matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));
  const rules = { ...RULES, nowMs: Date.parse('2026-03-01T12:00:00Z') };

  it('shows events that cancel the asset in them', () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
    for (const example of examples) expect(outcomeOf(example, rules)).toEqual([[`cancel ${ASSET}`]]);
  });

  it('shows messages that keep to the schema', () => {
    const messages = examples.flatMap(({ data, detail }) => data ?? detail ?? []);
    expect(messages).toHaveLength(2);
    for (const message of messages) expect(v.safeParse(SupersededMessageSchema, message).issues).toBeUndefined();
  });

  it('shows events of the type that is the default', () => {
    for (const example of examples) {
      if ('data' in example) expect(example.type).toBe('vod.upload.superseded');
      if ('detail' in example) expect(example['detail-type']).toBe('vod.upload.superseded');
    }
  });
});
