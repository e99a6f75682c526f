import { get } from './elements.js';
import { say } from './words.js';

/** The type of an event that supersedes an asset. The server says which. */
let supersededType = 'vod.upload.superseded';

export function setSupersededType(type) {
  supersededType = type;
}

/** Shows what the last action did. */
export const said = (key, values) => say(get('said'), key, values);

/** The first digits are enough for a screen reader. */
export const short = (id) => (id.length > 12 ? `${id.slice(0, 8)}…` : id);

/** Sends JSON, and reads the JSON of the answer. */
export async function send(path, method, body, type = 'application/json') {
  const options =
    body === undefined ? { method } : { method, headers: { 'content-type': type }, body: JSON.stringify(body) };
  const response = await fetch(path, options);
  return { status: response.status, body: await response.json() };
}

function sayResult(id, { outcome, detail }) {
  said('said.result', { id: short(id), outcome: `=outcome.${outcome}`, detail });
}

async function cancel(id) {
  const { body } = await send(`/assets/${encodeURIComponent(id)}/transcode-task`, 'DELETE');
  if (body.outcome === undefined)
    return said('said.http', { what: short(id), status: body.status, detail: body.detail });
  sayResult(id, body);
}

async function supersede(id) {
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/console',
    type: supersededType,
    time: new Date().toISOString(),
    data: { asset_id: id },
  };
  const { status, body } = await send('/events', 'POST', event, 'application/cloudevents+json');
  const result = body.results?.[0];
  if (result === undefined)
    return said('said.http', { what: short(id), status, detail: body.errorMessage ?? body.detail ?? '' });
  sayResult(id, result);
}

async function queue(id) {
  const { status, body } = await send('/console/queue', 'POST', { asset_id: id });
  if (status === 200) said('said.queued', { id: short(id) });
  else said('said.http', { what: short(id), status, detail: body.detail });
}

/** What the buttons of an asset do. */
export const DO = { cancel, supersede, queue };

/** Runs the work of a button, once at a time. The button keeps the focus meanwhile. */
export async function busy(button, work) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  try {
    await work();
  } catch {
    said('said.lost');
  } finally {
    button.removeAttribute('aria-busy');
  }
}
