import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { REASONS } from '../../lib/cancel/reasons.ts';
import { CancelResultSchema } from '../../lib/cancel/result-schema.ts';
import { type PROBLEMS, problemType } from '../../lib/http/problems.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { contentOf, DOCUMENT, exampleOf, FILE, type HttpReason, mediaTypeOf, ROWS } from './openapi.ts';

interface Operation {
  readonly responses: object;
}

const { info, paths, components } = DOCUMENT;

const STATUSES = [...new Set(Object.values(ROWS).map(({ status }) => status))].sort((a, b) => a - b);

describe(`${FILE}`, () => {
  it('has the version and the licence of the package', () => {
    expect(info).toMatchObject({ version: packageJson.version, license: { identifier: packageJson.license } });
  });

  it('gives every operation every status', () => {
    const operations = Object.values<Record<string, Operation>>(paths).flatMap(({ delete: one, post }) => [one, post]);
    const responses = STATUSES.map((status) => [String(status), { $ref: `#/components/responses/Status${status}` }]);
    expect(operations).toHaveLength(4);
    expect(operations.map((operation) => operation?.responses)).toEqual(
      operations.map(() => Object.fromEntries(responses)),
    );
    expect(Object.keys(components.responses)).toEqual(STATUSES.map((status) => `Status${status}`));
  });

  it.each(STATUSES)('describes %i by the tables of the code', (status) => {
    const reasons = Object.keys(contentOf(status).examples ?? {}) as HttpReason[];
    const wanted = Object.entries(ROWS).flatMap(([reason, row]) => (row.status === status ? reason : []));
    expect(reasons.toSorted(), `${FILE} has one example for each reason of status ${status}`).toEqual(wanted.sort());
    const ofProblem = {
      type: { type: 'string', enum: reasons.map((reason) => problemType(reason as keyof typeof PROBLEMS)) },
      title: { type: 'string', enum: [...new Set(reasons.map((reason) => ROWS[reason].title))] },
      status: { type: 'integer', enum: [status] },
    };
    const result = { $ref: '#/components/schemas/CancelResult' };
    const problem = {
      allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: ofProblem }],
    };
    const examples = reasons.map((reason) => [reason, { summary: REASONS[reason].detail, value: exampleOf(reason) }]);
    expect(contentOf(status), `${FILE}, components.responses.Status${status}`).toEqual({
      schema: status === 200 ? result : problem,
      examples: Object.fromEntries(examples),
    });
  });

  it('has the schema of the code for a result, and the same with the members of a problem', () => {
    const { $schema: _dialect, ...schema } = toJsonSchema(CancelResultSchema, {
      // OpenAPI 3.0, which APIG imports, does not know "const".
      overrideSchema: ({ jsonSchema }) =>
        jsonSchema.const === true ? { type: 'boolean', enum: [true], description: jsonSchema.description } : undefined,
    });
    const described = (type: string) => ({ type, description: expect.any(String) });
    const { CancelResult, Problem } = components.schemas;
    expect(CancelResult).toEqual({ title: 'CancelResult', description: expect.any(String), ...schema });
    // It is written out, because both schemas forbid other members.
    expect(Problem).toEqual({
      ...CancelResult,
      title: 'Problem',
      description: expect.any(String),
      properties: {
        type: described('string'),
        title: described('string'),
        status: described('integer'),
        ...schema.properties,
      },
      required: ['type', 'title', 'status', ...(schema.required ?? [])],
    });
  });
});

describe('the examples and the schemas', () => {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(DOCUMENT, 'openapi');

  it.each(Object.keys(ROWS) as HttpReason[])('agree on %s', (reason) => {
    const { status } = ROWS[reason];
    const place = `/components/responses/Status${status}/content/${mediaTypeOf(status).replace('/', '~1')}/schema`;
    const valid = (body: object): boolean => ajv.validate({ $ref: `openapi#${place}` }, body) === true;
    const { attempts, ...less } = exampleOf(reason);
    expect(valid({ ...less, attempts })).toBe(true);
    expect(valid({ ...less, attempts, more: 1 })).toBe(false);
    expect(valid(less)).toBe(false);
    if (status !== 200) expect(valid({ ...less, attempts, status: 418 })).toBe(false);
  });
});
