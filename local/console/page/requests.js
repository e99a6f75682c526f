import { get } from './elements.js';
import { setText, text } from './language.js';
import { seconds } from './times.js';

/** How often the passing time is shown anew, in ms. */
const TICK_MS = 200;

/** When the last request was sent, in epoch ms. Undefined when it is over. */
let sentAt;

/** Shows the time outside the status region, because a screen reader would read every change. */
function showTime() {
  const isOver = sentAt === undefined;
  get('status-time').textContent = isOver ? '' : text('time.seconds', { n: seconds(Date.now() - sentAt) });
}

setInterval(showTime, TICK_MS);

function showStatus(since, key, values) {
  sentAt = since;
  setText(get('status'), key, values);
  showTime();
}

function showAnswer(action, what, { ok, status }, answer) {
  const { outcome, detail, errorMessage } = answer.results?.[0] ?? answer;
  if (outcome !== undefined) showStatus(undefined, 'status.result', { what, outcome: `outcome.${outcome}`, detail });
  else if (ok) showStatus(undefined, `status.${action}`, answer);
  else showStatus(undefined, 'status.problem', { what, status, detail: errorMessage ?? detail });
}

/**
 * Does what a button says, once at a time: it sends a request. The button keeps the focus. It shows what it does, and
 * so does the status region from beginning to end.
 *
 * @param {HTMLButtonElement} button - its value names the action
 * @param {string} what - what the action is about
 * @param {{ path: string, method?: string, body?: object }} request
 */
export async function run(button, what, { path, method = 'POST', body }) {
  const { value: action, textContent: idle, ariaBusy } = button;
  if (ariaBusy === 'true') return;
  button.ariaBusy = 'true';
  setText(button, `doing.${action}`);
  showStatus(Date.now(), 'status.doing', { doing: `doing.${action}`, what });
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(path, { method, headers, body: JSON.stringify(body) });
    showAnswer(action, what, response, await response.json());
  } catch {
    showStatus(undefined, 'status.lost');
  } finally {
    button.ariaBusy = 'false';
    button.textContent = idle;
  }
}
