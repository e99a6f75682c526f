import { REASONS } from '../../lib/cancel/reasons.ts';
import { PROBLEMS, problemType } from '../../lib/http/problems.ts';
import { EXAMPLES, type ExampleAnswer } from './examples.ts';

/** The meaning of each status for a caller. */
const DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: 'The queued transcode task was cancelled. `detail` says if that was inferred from a status read.',
  400: 'The request does not name exactly one asset. A retry does not help.',
  404: 'VOD has no such asset.',
  405: 'The method is not DELETE or POST.',
  409: 'No task is waiting: it is running, it is done, or there was none. `transcode_status` says which, if it could be read.',
  413: 'The body is over 65,536 bytes.',
  500: 'The function is not configured, or it failed because of an error in its own code.',
  502: 'VOD cannot be reached, failed, refused the call, or sent an answer that is not documented. `retryable` says if a retry can help.',
  503: 'Not possible now: the upload is not complete, VOD throttles calls, or the pace of the function allows no call. Try again after `retry-after`.',
  504: 'The outcome is unknown, or no time was left to call VOD. A retry is safe.',
};

type Content = Readonly<Record<string, unknown>>;

const summaryOf = ({ reason }: ExampleAnswer): string => REASONS[reason].detail;

const examplesOf = (answers: readonly ExampleAnswer[]): Content =>
  Object.fromEntries(
    answers.map((answer) => [answer.reason, { summary: summaryOf(answer), value: answer.body }] as const),
  );

/** The problems that a status can have. */
function schemaOf(status: number, answers: readonly ExampleAnswer[]): Content {
  if (status === 200) return { $ref: '#/components/schemas/CancelResult' };
  const types = answers.map(({ reason }) => problemType(reason as keyof typeof PROBLEMS));
  const titles = answers.map(({ reason }) => PROBLEMS[reason as keyof typeof PROBLEMS].title);
  return {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      {
        type: 'object',
        properties: {
          type: { type: 'string', enum: types },
          title: { type: 'string', enum: [...new Set(titles)] },
          status: { type: 'integer', enum: [status] },
        },
      },
    ],
  };
}

const header = (name: string): Content => ({ $ref: `#/components/headers/${name}` });

const headersOf = (status: number): Content => ({
  'x-request-id': header('RequestId'),
  'cache-control': header('CacheControl'),
  ...(status === 405 && { allow: header('Allow') }),
  ...(status === 503 && { 'retry-after': header('RetryAfter') }),
});

function responseOf(status: number): Content {
  const answers = EXAMPLES.filter((answer) => answer.status === status);
  const mediaType = status === 200 ? 'application/json' : 'application/problem+json';
  const content = { [mediaType]: { schema: schemaOf(status, answers), examples: examplesOf(answers) } };
  return { description: DESCRIPTIONS[status], headers: headersOf(status), content };
}

const STATUSES = [...new Set(EXAMPLES.map(({ status }) => status))].sort((left, right) => left - right);

/** `components.responses`: one for each status that a reason has. */
export const RESPONSES: Content = Object.fromEntries(
  STATUSES.map((status) => [`Status${status}`, responseOf(status)] as const),
);

/** The `responses` of every operation: they are the same for all. */
export const RESPONSE_REFERENCES: Content = Object.fromEntries(
  STATUSES.map((status) => [String(status), { $ref: `#/components/responses/Status${status}` }] as const),
);
