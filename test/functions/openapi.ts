import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { PROBLEMS } from '../../lib/http/problems.ts';

export const FILE = 'docs/openapi.yaml';

/** The description, as a client generator reads it. */
export const DOCUMENT = parse(readFileSync(FILE, 'utf8'));

/** The rows of all HTTP answers. `ignored` is for events. */
export const ROWS = {
  cancelled: { status: 200, title: '' },
  cancelled_inferred: { status: 200, title: '' },
  ...PROBLEMS,
};

export type HttpReason = keyof typeof ROWS;

export const mediaTypeOf = (status: number): string =>
  status === 200 ? 'application/json' : 'application/problem+json';

export const contentOf = (status: number) =>
  DOCUMENT.components.responses[`Status${status}`]?.content[mediaTypeOf(status)] ?? {};

export const exampleOf = (reason: HttpReason) => contentOf(ROWS[reason].status).examples?.[reason]?.value;
