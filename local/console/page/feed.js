import { everyTick, get } from './elements.js';
import { applyFilter } from './filter.js';
import { Invocation } from './invocation.js';

const KEPT = 50;

const invocations = new Map();

/** Cleared invocations. The gateway still has them, and sends them again after a lost connection. */
const cleared = new Set();

function began(message) {
  if (cleared.has(message.id)) return;
  const invocation = new Invocation(message);
  invocations.set(message.id, invocation);
  get('feed').prepend(invocation.element);
  for (const [oldest, { element }] of invocations) {
    if (invocations.size <= KEPT) break;
    element.remove();
    invocations.delete(oldest);
  }
  applyFilter();
}

const tell = (method) => (message) => {
  invocations.get(message.id)?.[method](message);
  if (method === 'ended') applyFilter();
};

/** What to do with each message about an invocation. */
export const FEED_MESSAGES = {
  began,
  calling: tell('calling'),
  call: tell('called'),
  line: tell('lined'),
  ended: tell('ended'),
};

/** Empties the list, before the gateway sends everything again. */
export function resetFeed() {
  invocations.clear();
  get('feed').replaceChildren();
  applyFilter();
}

export function startFeed() {
  get('feed-clear').addEventListener('click', () => {
    for (const id of invocations.keys()) cleared.add(id);
    resetFeed();
    // The button goes with the list; the focus must not go with it.
    get('feed-title').focus();
  });
  everyTick(() => {
    for (const invocation of invocations.values()) invocation.tick();
  });
}
