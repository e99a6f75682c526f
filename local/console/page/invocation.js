import { make, milliseconds, seconds } from './elements.js';
import { hasWord, say, saySentence } from './language.js';
import { Timeline } from './timeline.js';

const OUTCOME_LOOK = { cancelled: 'ok', unknown: 'warn', failed: 'bad', CancelIncompleteError: 'bad' };
const LEVEL_LOOK = { WARN: 'warn', ERROR: 'bad' };

const clock = (at) => new Date(at).toTimeString().slice(0, 8);

function statusLook(status) {
  if (status === null) return 'warn';
  if (status < 300) return 'ok';
  return status < 500 ? '' : 'bad';
}

function outcomeLook(outcome) {
  if (Object.hasOwn(OUTCOME_LOOK, outcome)) return OUTCOME_LOOK[outcome];
  if (/failed|Error/.test(outcome)) return 'bad';
  return /unknown/.test(outcome) ? 'warn' : '';
}

const fold = (text, ...summary) =>
  make('details', {}, make('summary', {}, ...summary), make('pre', { lang: 'en', tabindex: '0' }, text));

const tag = (kind) => say(make('span', { class: 'tag' }), `step.${kind}`);

/** One invocation in the list, from its beginning to its end. */
export class Invocation {
  element;
  #at;
  #ended = false;
  #outcome = make('span', { class: 'badge run' });
  #took = make('span', { class: 'took' });
  #steps = make('ol', { class: 'steps' });
  #timeline;
  #outcomes = new Set();

  constructor({ id, at, title, event, asset_ids, asset_count, function: name }) {
    this.#at = at;
    this.#timeline = new Timeline(asset_ids);
    const more = say(make('span', { class: 'badge' }), 'more', { n: String(asset_count - 1) });
    const head = make(
      'h3',
      {},
      make('time', { datetime: new Date(at).toISOString() }, clock(at)),
      make('span', { class: 'mono' }, name),
      ...(asset_count > 0 ? [make('span', { class: 'mono asset' }, asset_ids[0])] : []),
      ...(asset_count > 1 ? [more] : []),
      this.#outcome,
      this.#took,
    );
    this.element = make('li', { 'data-invocation': id, 'data-function': name }, head, this.#steps);
    this.element.dataset.assets = asset_ids.join(' ');
    this.element.dataset.outcomes = 'running';
    this.#step('event', fold(event, make('span', { class: 'mono' }, title)));
    this.#steps.append(make('li', { 'data-step': 'time' }, tag('time'), this.#timeline.element));
    this.tick();
  }

  #step(kind, ...content) {
    this.#steps.append(make('li', { 'data-step': kind }, tag(kind), make('div', {}, ...content)));
  }

  /** Shows the time that has passed, while the invocation runs. */
  tick() {
    if (this.#ended) return;
    const ms = Date.now() - this.#at;
    say(this.#outcome, 'running', { n: seconds(ms) });
    this.#timeline.draw(ms);
  }

  calling(call) {
    this.#timeline.take(call);
    this.tick();
  }

  called(call) {
    const { operation, attempt, status, code, fault, duration_ms, shared } = call;
    const look = statusLook(status);
    this.#timeline.take({ ...call, look });
    this.#timeline.draw(this.#ended ? undefined : Date.now() - this.#at);
    const answer = make('span', { class: `badge ${look}` });
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
    this.#step('call', row);
  }

  lined({ level, message, text }) {
    const [, outcome] = /"outcome": "(\w+)"/.exec(text) ?? [];
    if (outcome !== undefined) this.#outcomes.add(outcome);
    const badge = make('span', { class: `badge ${LEVEL_LOOK[level] ?? ''}` }, level);
    this.#step('line', fold(text, badge, ' ', saySentence(make('span'), message)));
  }

  ended({ status, outcome, detail, result, duration_ms }) {
    this.#ended = true;
    this.#sayOutcome(outcome);
    this.#timeline.draw(undefined);
    say(this.#took, 'ms', { n: milliseconds(duration_ms) });
    const code = status === null ? [] : [make('span', { class: `badge ${statusLook(status)}` }, `HTTP ${status}`), ' '];
    this.#step('ended', fold(result, ...code, saySentence(make('span'), detail || outcome)));
    // An event that could not be read has no line with an outcome.
    this.element.dataset.outcomes = [...this.#outcomes].join(' ') || outcome || 'failed';
  }

  #sayOutcome(outcome) {
    this.#outcome.className = `badge long ${outcomeLook(outcome)}`;
    if (hasWord(`outcome.${outcome}`)) {
      say(this.#outcome, `outcome.${outcome}`);
      return;
    }
    delete this.#outcome.dataset.i18n;
    const counts = [...outcome.matchAll(/(\d+) (\w+)/g)].map(([, n, one]) =>
      say(make('span', { class: 'count' }), 'outcome.count', { n, outcome: `=outcome.${one}` }),
    );
    this.#outcome.replaceChildren(...(counts.length > 0 ? counts : [outcome || '–']));
  }
}
