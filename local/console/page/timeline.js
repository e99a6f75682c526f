import { make, milliseconds } from './elements.js';
import { say } from './language.js';

/** Shorter gaps between calls are the function's own work, in ms. */
const SHORTEST_GAP_MS = 2;

/** As many assets of one invocation have a time line. */
const SHOWN_LINES = 5;

const LOOK_OF_KIND = { waited: 'gap', waiting: 'gap', backoff: 'gap' };

const nameOf = ({ operation, attempt, at_ms }) => `${operation} ${attempt} ${at_ms}`;

/** What the gap before a call was for. */
function gapKind(call, isFirst) {
  if (isFirst || call.operation !== 'cancel') return 'waited';
  return 'backoff';
}

/** Calls and the gaps between them, in order. A part that is not over has no `to`. */
function partsOf(calls, openAt) {
  const parts = [];
  let end = 0;
  for (const call of [...calls].sort((one, other) => one.at_ms - other.at_ms)) {
    if (call.at_ms - end > SHORTEST_GAP_MS) {
      parts.push({ kind: gapKind(call, end === 0), from: end, to: call.at_ms });
    }
    parts.push({ kind: call.operation, n: call.attempt, look: call.look, from: call.at_ms, to: call.to });
    end = call.to ?? openAt;
  }
  if (openAt !== undefined && openAt - end > SHORTEST_GAP_MS) parts.push({ kind: 'waiting', from: end });
  return parts;
}

/** A bar for the eye, and the same in words. */
function makeLine(label, parts, now) {
  const bar = make('div', { class: 'bar', 'aria-hidden': 'true' });
  const words = make('ol', { class: 'parts' });
  for (const { kind, n, look, from, to } of parts) {
    const ms = Math.max(0, (to ?? now) - from);
    const colour = LOOK_OF_KIND[kind] ?? look ?? 'run';
    const block = make('span', { class: `block ${colour}` });
    block.style.flexGrow = String(Math.max(1, ms));
    bar.append(block);
    const swatch = make('span', { class: `swatch ${colour}`, 'aria-hidden': 'true' });
    const name = say(make('span'), `time.${kind}`, { n: String(n) });
    words.append(
      make('li', { 'data-part': kind }, swatch, name, ' ', say(make('span'), 'ms', { n: milliseconds(ms) })),
    );
  }
  return make(
    'div',
    { class: 'line' },
    ...(label === undefined ? [] : [make('span', { class: 'mono' }, label)]),
    bar,
    words,
  );
}

/** The time line of one invocation: for each asset what its cancel did, and for how long it waited. */
export class Timeline {
  element = make('div', { class: 'lines' });
  #calls = new Map();

  /** @param {readonly string[]} assetIds - those that the event names */
  constructor(assetIds) {
    for (const id of assetIds.slice(0, SHOWN_LINES)) this.#calls.set(id, new Map());
  }

  /** Takes a call that has begun, or one that is over, which has a `look` and a `duration_ms`. */
  take(call) {
    const { asset_id, at_ms, duration_ms, look } = call;
    if (!this.#calls.has(asset_id)) {
      if (this.#calls.size === SHOWN_LINES) return;
      this.#calls.set(asset_id, new Map());
    }
    const to = duration_ms === undefined ? undefined : at_ms + duration_ms;
    this.#calls.get(asset_id).set(nameOf(call), { ...call, look, to });
  }

  /** @param {number | undefined} now - ms since the beginning, undefined when the invocation is over */
  draw(now) {
    const isOne = this.#calls.size === 1;
    const lines = [...this.#calls]
      .map(([id, calls]) => ({ id, calls: [...calls.values()] }))
      .map(({ id, calls }) => ({ id, parts: partsOf(calls, isOne ? now : undefined) }))
      .filter(({ parts }) => parts.length > 0);
    this.element.replaceChildren(...lines.map(({ id, parts }) => makeLine(isOne ? undefined : id, parts, now ?? 0)));
  }
}
