import { recogniseEvent } from '../../lib/events/read-event.ts';
import { isRecord, type JsonObject, own, parseJson } from '../../lib/json.ts';
import type { Ending, Messages } from './messages.ts';
import { toPlainJson } from './redact.ts';

/** Longer texts are cut. */
const MAX_CHARACTERS = 8_000;

const show = (value: unknown): string => toPlainJson(value, MAX_CHARACTERS);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Summarises an event: a title, and its JSON. */
export function summariseEvent(event: unknown): Pick<Messages['began'], 'title' | 'event'> {
  if (!isRecord(event) || typeof event['httpMethod'] !== 'string') {
    return { title: titleOf(recogniseEvent(event).trigger, own(event, 'asset_id')), event: show(event) };
  }
  // Without the headers, because they can contain the caller's `Authorization`.
  const { httpMethod, path, pathParameters, queryStringParameters } = event;
  const shown = { httpMethod, path, pathParameters, queryStringParameters, body: bodyOf(event) };
  return { title: titleOf(httpMethod, own(pathParameters, 'asset_id') ?? path), event: show(shown) };
}

const titleOf = (kind: string, about: unknown): string => `${kind} ${textOf(about)}`.trimEnd();

/** A body that is no JSON is not shown, because it can contain anything. */
function bodyOf({ body, isBase64Encoded }: JsonObject): unknown {
  if (typeof body !== 'string' || body === '') return undefined;
  const text = isBase64Encoded === true ? Buffer.from(body, 'base64').toString('utf8') : body;
  return parseJson(text) ?? `(${text.length} characters, not JSON)`;
}

/** Summarises what a function returned, or an error: a gateway's response, the results of an event, or an error's view. */
export function summarise(returned: unknown): Ending {
  const { statusCode, body } = isRecord(returned) ? returned : {};
  const status = typeof statusCode === 'number' && typeof body === 'string' ? statusCode : null;
  const value = status === null ? returned : parseJson(textOf(body));
  const { results, summary, outcome, errorType, detail, errorMessage }: JsonObject = isRecord(value) ? value : {};
  const [only, ...others] = Array.isArray(results) ? (results as readonly unknown[]) : [];
  const single = isRecord(only) && others.length === 0 ? only : {};
  return {
    status,
    outcomes: isRecord(summary) ? summary : { [textOf(outcome ?? errorType) || 'none']: 1 },
    detail: textOf(detail ?? errorMessage ?? single['detail']),
    result: show(value),
  };
}
