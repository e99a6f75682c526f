import { everyTick, get, seconds } from './elements.js';
import { say } from './language.js';

let stop = () => undefined;

/** Says in the status region what has happened. */
export function said(key, values) {
  stop();
  const time = get('said-time');
  // Without its word, a change of the language leaves it empty.
  delete time.dataset.i18n;
  time.textContent = '';
  say(get('said'), key, values);
}

/** Says what is in progress. The passing time is outside the region, because a screen reader would read every change. */
export function saidUnderWay(key, values) {
  said(key, values);
  const began = Date.now();
  stop = everyTick(() => say(get('said-time'), 'seconds', { n: seconds(Date.now() - began) }));
}

/** Says what a request was answered with if it was not what was asked for. */
export const saidAnswer = (what, { status, body }) =>
  said('said.http', { what, status: String(status), detail: `~${body.errorMessage ?? body.detail ?? ''}` });
