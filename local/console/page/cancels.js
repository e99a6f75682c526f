import { short } from './elements.js';
import { post, send } from './requests.js';
import { said, saidAnswer, saidUnderWay } from './status.js';

let supersededType = '';

/** The type of events that the event function listens to. */
export function setSupersededType(type) {
  supersededType = type;
}

const sayResult = (id, { outcome, detail }) =>
  said('said.result', { id: short(id), outcome: `=outcome.${outcome}`, detail: `~${detail}` });

async function cancel(id) {
  const answer = await send(`/assets/${encodeURIComponent(id)}/transcode-task`, 'DELETE');
  if (answer.body.outcome === undefined) saidAnswer(short(id), answer);
  else sayResult(id, answer.body);
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
  const answer = await send('/events', 'POST', event, 'application/cloudevents+json');
  const result = answer.body.results?.[0];
  if (result === undefined) saidAnswer(short(id), answer);
  else sayResult(id, result);
}

async function queue(id) {
  const answer = await post('/console/queue', { asset_id: id });
  if (answer.status === 200) said('said.queued', { id: short(id) });
  else saidAnswer(short(id), answer);
}

const WORK = { cancel, supersede, queue };

/** What can be done with an asset. */
export const ACTIONS = Object.keys(WORK);

/** Does one of {@link ACTIONS} with an asset, and says so from beginning to end. */
export async function act(action, id) {
  saidUnderWay(`said.${action}`, { id: short(id) });
  await WORK[action](id);
}
