import { get, seconds } from './elements.js';
import { say, text } from './language.js';

/** How often the passing time is shown anew, in ms. */
const TICK_MS = 200;

/** When the last request was sent, in epoch ms. Undefined when it is over. */
let sentAt;

/** Shows the time outside the status region, because a screen reader would read every change. */
function showTime() {
  const isOver = sentAt === undefined;
  get('said-time').textContent = isOver ? '' : text('time.seconds', { n: seconds(Date.now() - sentAt) });
}

setInterval(showTime, TICK_MS);

function said(since, key, values) {
  sentAt = since;
  say(get('said'), key, values);
  showTime();
}

function saidAnswer(action, what, { ok, status }, answer) {
  const { outcome, detail, errorMessage } = answer.results?.[0] ?? answer;
  if (outcome !== undefined) said(undefined, 'said.result', { what, outcome: `outcome.${outcome}`, detail });
  else if (ok) said(undefined, `said.${action}`, answer);
  else said(undefined, 'said.problem', { what, status, detail: errorMessage ?? detail });
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
  say(button, `doing.${action}`);
  said(Date.now(), 'said.doing', { doing: `doing.${action}`, what });
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(path, { method, headers, body: JSON.stringify(body) });
    saidAnswer(action, what, response, await response.json());
  } catch {
    said(undefined, 'said.lost');
  } finally {
    button.ariaBusy = 'false';
    button.textContent = idle;
  }
}
