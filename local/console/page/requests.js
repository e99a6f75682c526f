import { hasWord, say } from './language.js';
import { said } from './status.js';

/** Sends a request to the gateway. @returns its status, and its body from JSON */
export async function send(path, method, body, type = 'application/json') {
  const options =
    body === undefined ? { method } : { method, headers: { 'content-type': type }, body: JSON.stringify(body) };
  const response = await fetch(path, options);
  return { status: response.status, body: await response.json() };
}

export const post = (path, body) => send(path, 'POST', body);

/**
 * Runs the work of a button, once at a time. The button keeps the focus, and shows what it does if there is a word for it.
 *
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} work
 */
export async function busy(button, work) {
  if (button.getAttribute('aria-busy') === 'true') return;
  const key = button.dataset.i18n;
  const doing = key.replace(/^do\./, 'doing.');
  button.setAttribute('aria-busy', 'true');
  if (hasWord(doing)) say(button, doing);
  try {
    await work();
  } catch {
    said('said.lost');
  } finally {
    button.removeAttribute('aria-busy');
    say(button, key);
  }
}
