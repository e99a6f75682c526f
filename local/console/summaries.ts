import { recogniseEvent } from '../../lib/events/read-event.ts';
import type { Messages } from './messages.ts';
import { toPlainJson } from './redact.ts';

/** Longer texts are cut. */
const MAX_CHARACTERS = 8_000;

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;

/** Returns a member if it is a text. */
function textIn(value: unknown, name: string): string {
  const member = isObject(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : '';
}

const show = (value: unknown): string => toPlainJson(value, MAX_CHARACTERS);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A body that is no JSON is not shown, because it can contain anything. */
function bodyOf({ body, isBase64Encoded }: JsonObject): unknown {
  if (typeof body !== 'string' || body === '') return undefined;
  const text = isBase64Encoded === true ? Buffer.from(body, 'base64').toString('utf8') : body;
  return parse(text) ?? `(${text.length} characters, not JSON)`;
}

const words = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ');

/**
 * Summarises an event: a title, with the asset if the event names it directly, and its JSON. Headers of a gateway's
 * event are left out, because they can contain the caller's `Authorization`.
 */
export function summariseEvent(event: unknown): Pick<Messages['began'], 'title' | 'event'> {
  if (!isObject(event)) return { title: 'event', event: show(event) };
  if (typeof event['httpMethod'] === 'string') {
    const { httpMethod, path, pathParameters, queryStringParameters } = event;
    const shown = { httpMethod, path, pathParameters, queryStringParameters, body: bodyOf(event) };
    return {
      title: words(httpMethod, textIn(pathParameters, 'asset_id') || textIn(event, 'path')),
      event: show(shown),
    };
  }
  const kind = textIn(event, 'type') || textIn(event, 'detail-type') || sourceOf(event);
  const asset = [event, event['data'], event['detail']].map((place) => textIn(place, 'asset_id'));
  return { title: words(kind, ...asset), event: show(event) };
}

/** The event's source as the function names it: `sqs`, `kafka`. */
function sourceOf(event: unknown): string {
  const { trigger } = recogniseEvent(event);
  return trigger === 'unknown' ? 'event' : trigger;
}

/** `2 cancelled, 1 failed` */
const countsOf = (summary: JsonObject): string =>
  Object.entries(summary)
    .map(([outcome, count]) => `${String(count)} ${outcome}`)
    .join(', ');

type Ending = Omit<Messages['ended'], 'id' | 'duration_ms'>;

/** Summarises what a function returned: a gateway's response, or the results of an event. */
export function summariseResult(result: unknown): Ending {
  if (isObject(result) && typeof result['statusCode'] === 'number' && typeof result['body'] === 'string') {
    const body = parse(result['body']);
    const status = result['statusCode'];
    return { status, outcome: textIn(body, 'outcome'), detail: textIn(body, 'detail'), result: show(body) };
  }
  if (!isObject(result) || !isObject(result['summary'])) {
    return { status: null, outcome: '', detail: '', result: show(result) };
  }
  const { results, summary } = result;
  const [only, ...more] = Array.isArray(results) ? (results as readonly unknown[]) : [];
  const single = more.length === 0 ? only : undefined;
  return {
    status: null,
    outcome: textIn(single, 'outcome') || countsOf(summary),
    detail: textIn(single, 'detail'),
    result: show(result),
  };
}

/** Summarises what a function threw: name and message, as a platform shows them. */
export function summariseError(error: unknown): Ending {
  const errorType = error instanceof Error ? error.name : 'UserFunctionError';
  const errorMessage = error instanceof Error ? error.message : String(error);
  return { status: null, outcome: errorType, detail: errorMessage, result: show({ errorType, errorMessage }) };
}
