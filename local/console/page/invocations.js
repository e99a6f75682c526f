import { get, make } from './elements.js';
import { hasWord, say } from './words.js';

const KEPT = 50;
const OUTCOME_LOOK = { cancelled: 'ok', unknown: 'warn', failed: 'bad', CancelIncompleteError: 'bad' };
const invocations = new Map();

const clock = (at) => new Date(at).toTimeString().slice(0, 8);
const milliseconds = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

function step(invocation, kind, ...content) {
  const item = make(
    'li',
    { 'data-step': kind },
    say(make('span', { class: 'tag' }), `step.${kind}`),
    make('div', {}, ...content),
  );
  invocation.steps.append(item);
}

const fold = (text, ...summary) =>
  make('details', {}, make('summary', {}, ...summary), make('pre', { lang: 'en', tabindex: '0' }, text));

/** Adds an invocation, and removes the oldest. */
export function began({ id, at, title, event, ...rest }) {
  const outcome = say(make('span', { class: 'badge run' }), 'running');
  const took = make('span', { class: 'took' });
  const steps = make('ol', { class: 'steps' });
  const head = make(
    'h3',
    {},
    make('time', { datetime: new Date(at).toISOString() }, clock(at)),
    make('span', { class: 'mono' }, rest.function),
    outcome,
    took,
  );
  const entry = make('li', { 'data-invocation': id }, head, steps);
  const invocation = { entry, outcome, took, steps };
  step(invocation, 'event', fold(event, make('span', { class: 'mono' }, title)));
  invocations.set(id, invocation);
  get('feed').prepend(entry);
  get('feed-empty').hidden = true;
  for (const [oldest, { entry: gone }] of invocations) {
    if (invocations.size <= KEPT) break;
    gone.remove();
    invocations.delete(oldest);
  }
}

const statusLook = (status) => (status === null ? 'warn' : status < 300 ? 'ok' : status < 500 ? '' : 'bad');

/** Adds a call to VOD. */
export function called({ id, operation, attempt, status, code, fault, duration_ms, shared }) {
  const invocation = invocations.get(id);
  if (invocation === undefined) return;
  const answer = make('span', { class: `badge ${statusLook(status)}` });
  if (status === null) say(answer, 'call.none');
  else answer.textContent = code === null ? String(status) : `${status} ${code}`;
  const row = make(
    'div',
    { class: 'row' },
    say(make('span'), `call.${operation}`, { n: String(attempt) }),
    answer,
    say(make('span', { class: 'num muted' }), 'ms', { n: milliseconds(duration_ms) }),
  );
  if (fault !== null) row.append(say(make('span', { class: 'muted' }), 'call.fault', { name: fault }));
  if (shared) row.append(say(make('span', { class: 'muted' }), 'call.shared'));
  step(invocation, 'call', row);
}

const LEVEL_LOOK = { WARN: 'warn', ERROR: 'bad' };

/** Adds a log line. */
export function lined({ id, level, message, text }) {
  const invocation = invocations.get(id);
  if (invocation === undefined) return;
  step(
    invocation,
    'line',
    fold(
      text,
      make('span', { class: `badge ${LEVEL_LOOK[level] ?? ''}` }, level),
      ' ',
      make('span', { lang: 'en' }, message),
    ),
  );
}

function outcomeLook(outcome) {
  if (Object.hasOwn(OUTCOME_LOOK, outcome)) return OUTCOME_LOOK[outcome];
  return /failed|Error/.test(outcome) ? 'bad' : /unknown/.test(outcome) ? 'warn' : '';
}

function sayOutcome(element, outcome) {
  element.className = `badge long ${outcomeLook(outcome)}`;
  if (hasWord(`outcome.${outcome}`)) return say(element, `outcome.${outcome}`);
  delete element.dataset.i18n;
  element.textContent = outcome || '–';
  return element;
}

/** Shows the result. */
export function ended({ id, status, outcome, detail, result, duration_ms }) {
  const invocation = invocations.get(id);
  if (invocation === undefined) return;
  sayOutcome(invocation.outcome, outcome);
  say(invocation.took, 'ms', { n: milliseconds(duration_ms) });
  const code = status === null ? [] : [make('span', { class: `badge ${statusLook(status)}` }, `HTTP ${status}`), ' '];
  step(invocation, 'ended', fold(result, ...code, make('span', { lang: 'en' }, detail || outcome)));
}

/** Removes all invocations. */
export function clearInvocations() {
  invocations.clear();
  get('feed').replaceChildren();
  get('feed-empty').hidden = false;
}
