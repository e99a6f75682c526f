import { get } from './elements.js';
import { applyFilter } from './filter.js';
import { Invocation } from './invocation.js';

const KEPT = 50;

/** How often times that pass are shown anew, in ms. */
const TICK_MS = 200;

const invocations = new Map();

/** Cleared invocations. The gateway still has them, and sends them again after a lost connection. */
const cleared = new Set();

function began(message) {
  if (cleared.has(message.id)) return;
  const invocation = new Invocation(message);
  invocations.set(message.id, invocation);
  get('feed').prepend(invocation.element);
  const oldest = get('feed').children[KEPT];
  invocations.delete(oldest?.dataset.invocation);
  oldest?.remove();
  applyFilter();
}

const pass = (method) => (message) => {
  invocations.get(message.id)?.[method](message);
  applyFilter();
};

/** What to do with each message about an invocation. */
export const FEED_MESSAGES = { began, call: pass('addCall'), line: pass('addLine'), ended: pass('end') };

/** Empties the list, before the gateway sends everything again. */
export function resetFeed() {
  invocations.clear();
  get('feed').replaceChildren();
  applyFilter();
}

export function startFeed() {
  get('filter').addEventListener('input', applyFilter);
  get('filter').addEventListener('submit', (event) => event.preventDefault());
  get('feed-clear').addEventListener('click', () => {
    for (const id of invocations.keys()) cleared.add(id);
    resetFeed();
    // The button goes with the list; the focus must not go with it.
    get('feed-title').focus();
  });
  setInterval(() => {
    for (const invocation of invocations.values()) invocation.tick();
  }, TICK_MS);
}
