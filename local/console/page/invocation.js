import { make } from './elements.js';
import { text } from './language.js';
import { drawTimeline, statusLook } from './timeline.js';
import { milliseconds, seconds } from './times.js';

/** Any other outcome is the name of an error. */
const OUTCOME_LOOK = { cancelled: 'ok', not_queued: '', not_found: '', ignored: '', unknown: 'warn', failed: 'bad' };
const LEVEL_LOOK = { WARN: 'warn', ERROR: 'bad' };

const badge = (look, words) => make('span', { class: `badge ${look}` }, words);

const fold = (content, ...summary) =>
  make('details', {}, make('summary', {}, ...summary), make('pre', { lang: 'en', tabindex: '0' }, content));

const outcomeText = (outcome) => (Object.hasOwn(OUTCOME_LOOK, outcome) ? text(`outcome.${outcome}`) : outcome);

/** One invocation in the list, from its beginning to its end. */
export class Invocation {
  element;
  #at;
  /** Undefined while it runs. */
  #durationMs;
  #assets = new Set();
  #asset = make('code');
  #more = badge('', '');
  #outcomes = make('span', { class: 'line' });
  #shownDuration = make('span', { class: 'muted last' });
  #calls = [];
  #isDrawn = false;
  #timeline = make('div');
  #steps;

  constructor({ id, at, title, event, function: name }) {
    this.#at = at;
    const time = make('time', { datetime: new Date(at).toISOString() }, new Date(at).toTimeString().slice(0, 8));
    const head = make(
      'h3',
      {},
      time,
      make('code', {}, name),
      this.#asset,
      this.#more,
      this.#outcomes,
      this.#shownDuration,
    );
    this.#steps = make('dl');
    this.element = make('li', { 'data-invocation': id, 'data-function': name, 'data-outcomes': 'running' }, head);
    this.element.append(this.#steps);
    this.#step('event', fold(event, make('code', {}, title)));
    this.#step('calls', this.#timeline);
    this.#showAssets();
    this.tick();
  }

  #step(kind, content) {
    this.#steps.append(make('dt', {}, text(`step.${kind}`)), make('dd', { 'data-step': kind }, content));
  }

  #showAssets(id, count = 0) {
    if (id) this.#assets.add(id);
    const more = Math.max(this.#assets.size, count) - 1;
    this.#asset.textContent = [...this.#assets][0] ?? '';
    this.#more.textContent = `+ ${more}`;
    this.#more.hidden = more < 1;
    this.element.dataset.assets = [...this.#assets].join(' ');
  }

  /** Shows the calls, and while the invocation runs, the time that has passed. */
  tick() {
    const isRunning = this.#durationMs === undefined;
    if (this.#isDrawn && !isRunning) return;
    const ms = this.#durationMs ?? Math.max(1, Date.now() - this.#at);
    if (isRunning) this.#outcomes.replaceChildren(badge('run', text('page.running', { n: seconds(ms) })));
    this.#timeline.replaceChildren(...drawTimeline(this.#calls, ms, isRunning));
    this.#isDrawn = true;
  }

  /** A call has begun, or is over. It is drawn later, because a batch has many. */
  addCall(call) {
    this.#calls[call.n - 1] = call;
    this.#showAssets(call.asset_id);
    this.#isDrawn = false;
  }

  addLine({ line }) {
    const { level, message, asset_id, outcome } = line;
    this.#showAssets(asset_id);
    if (outcome !== undefined) this.element.dataset.outcomes += ` ${outcome}`;
    const content = JSON.stringify(line, null, 2);
    this.#step('line', fold(content, badge(LEVEL_LOOK[level] ?? '', level), ' ', text(String(message))));
  }

  end({ status, outcomes, detail, result, duration_ms, asset_count }) {
    this.#durationMs = duration_ms;
    this.#showAssets(undefined, asset_count);
    this.#isDrawn = false;
    this.tick();
    this.#shownDuration.textContent = milliseconds(duration_ms);
    const counted = Object.entries(outcomes);
    const total = counted.reduce((sum, [, n]) => sum + n, 0);
    const badges = counted.map(([outcome, n]) =>
      badge(OUTCOME_LOOK[outcome] ?? 'bad', total > 1 ? `${n} ${outcomeText(outcome)}` : outcomeText(outcome)),
    );
    this.#outcomes.replaceChildren(...badges);
    // An error is a failure, also if no line says so.
    const names = counted.map(([outcome]) => (Object.hasOwn(OUTCOME_LOOK, outcome) ? outcome : 'failed'));
    this.element.dataset.outcomes = `${this.element.dataset.outcomes} ${names.join(' ')}`.replace('running', '');
    const code = status === null ? [] : [badge(statusLook(status), `HTTP ${status}`), ' '];
    this.#step('ended', fold(result, ...code, text(detail) || badges.map(({ textContent }) => textContent).join(', ')));
  }
}
