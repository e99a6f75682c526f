import { make } from './elements.js';
import { text } from './language.js';
import { milliseconds } from './times.js';

/** Shorter gaps between calls are the function's own work, in ms. */
const SHORTEST_GAP_MS = 2;

/** The colour of an HTTP status; null is an answer that did not come. */
export function statusLook(status) {
  if (status === null) return 'warn';
  if (status < 300) return 'ok';
  return status < 500 ? '' : 'bad';
}

function callPart({ operation: kind, at_ms: from, duration_ms: ms, status, code, fault }, n, now) {
  if (ms === null) return { kind, n, look: 'run', from, ms: now - from, words: [] };
  const words = [status ?? text('call.none'), code, fault && text('call.fault', { name: fault })];
  return { kind, n, look: statusLook(status), from, ms, words };
}

const wait = (kind, from, to) => ({ kind, look: 'muted', from, ms: to - from, words: [] });

/** The calls for one asset and the waits between them, in order. */
function partsOf(calls, now, isOpen) {
  const parts = [];
  let end = 0;
  let attempts = 0;
  for (const call of calls) {
    const isRetry = call.operation === 'cancel' && attempts > 0;
    if (call.at_ms - end > SHORTEST_GAP_MS) parts.push(wait(isRetry ? 'backoff' : 'waited', end, call.at_ms));
    if (call.operation === 'cancel') attempts += 1;
    const part = callPart(call, attempts, now);
    parts.push(part);
    end = call.at_ms + part.ms;
  }
  if (isOpen && now - end > SHORTEST_GAP_MS) parts.push(wait('waiting', end, now));
  return parts;
}

/** One part in words, with a bar from its beginning to its end. */
function makePart({ kind, n, look, from, ms, words }, total) {
  const shown = [text(`time.${kind}`, { n }), milliseconds(ms), ...words.filter((word) => word !== null)];
  const part = make('li', { class: `part ${look}`, 'data-part': kind }, shown.join(' · '));
  part.style.setProperty('--from', `${(100 * from) / total}%`);
  part.style.setProperty('--to', `${(100 * (from + ms)) / total}%`);
  return part;
}

/**
 * Draws the time line of an invocation: for each asset what its cancel did, and for how long it waited.
 *
 * @param calls - in the order in which they began
 * @param {number} now - ms since the beginning, the duration of an invocation that is over
 * @param {boolean} isRunning - whether the invocation is not over
 * @returns elements
 */
export function drawTimeline(calls, now, isRunning) {
  if (calls.length === 0 && !isRunning) return [text('time.none')];
  const byAsset = Map.groupBy(calls, ({ asset_id }) => asset_id);
  if (byAsset.size === 0) byAsset.set(null, []);
  const isOne = byAsset.size === 1;
  return [...byAsset].flatMap(([id, own]) => [
    ...(isOne ? [] : [make('code', {}, id)]),
    make('ol', {}, ...partsOf(own, now, isOne && isRunning).map((part) => makePart(part, now))),
  ]);
}
