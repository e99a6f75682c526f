import { toJsonSchema } from '@valibot/to-json-schema';
import { CancelResultSchema } from '../../lib/cancel/result-schema.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** `$schema` belongs to a whole document, not to a part. */
function withoutDialect({ $schema: _dialect, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** JSON Schema of the result, from the schema of the functions' types. */
export const CANCEL_RESULT: JsonSchema = {
  title: 'CancelResult',
  description: 'The result of a cancel.',
  ...withoutDialect(
    toJsonSchema(CancelResultSchema, {
      // OpenAPI 3.0, which APIG imports, does not know "const".
      overrideSchema: ({ jsonSchema }) =>
        jsonSchema.const === true ? { type: 'boolean', enum: [true], description: jsonSchema.description } : undefined,
    }) as JsonSchema,
  ),
};

const { properties, required } = CANCEL_RESULT as {
  readonly properties: JsonSchema;
  readonly required: readonly string[];
};

/** RFC 9457 with the members of the result. It is written out, because both schemas forbid other members. */
export const PROBLEM: JsonSchema = {
  title: 'Problem',
  description: 'A problem of RFC 9457 that also has every member of the CancelResult.',
  type: 'object',
  properties: {
    type: { type: 'string', description: 'A URN for each reason. It never changes.' },
    title: { type: 'string', description: 'The reason in a few words.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    ...properties,
  },
  required: ['type', 'title', 'status', ...required],
  additionalProperties: false,
};
