import type { InferOutput } from 'valibot';
import type { CancelResultSchema, ErrorInfoSchema } from './result-schema.ts';

/** An error as callers see it. */
export type ErrorInfo = Readonly<InferOutput<typeof ErrorInfoSchema>>;

/** The result of every cancel. */
export type CancelResult = Readonly<InferOutput<typeof CancelResultSchema>>;
