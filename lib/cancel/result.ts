import type { InferOutput } from 'valibot';
import type { CancelResultSchema, ErrorInfoSchema } from './result-schema.ts';

/** An error as callers see it. */
export type ErrorInfo = Readonly<InferOutput<typeof ErrorInfoSchema>>;

/** What every cancel ends in. */
export type CancelResult = Readonly<InferOutput<typeof CancelResultSchema>>;
