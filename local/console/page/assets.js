import { get, make } from './elements.js';
import { setText, text } from './language.js';
import { run } from './requests.js';

const STATE_LOOK = {
  WAITING_TRANSCODE: 'warn',
  TRANSCODING: 'run',
  TRANSCODE_SUCCEED: 'ok',
  TRANSCODE_FAILED: 'bad',
};

/** What a button can do with an asset. */
const REQUESTS = {
  cancel: (id) => ({ method: 'DELETE', path: `/assets/${encodeURIComponent(id)}/transcode-task` }),
  supersede: (id) => ({ path: '/events', body: { asset_id: id } }),
  queue: (id) => ({ path: '/console/queue', body: { asset_id: id } }),
};

/** Does with an asset what a button says. */
export const act = (button, id) => run(button, id, REQUESTS[button.value](id));

const rows = new Map();

function makeButton(action, id) {
  const label = text(`label.${action}`, { id });
  const button = make('button', { type: 'button', value: action, 'aria-label': label }, text(`do.${action}`));
  button.addEventListener('click', () => void act(button, id));
  return button;
}

function makeRow(id) {
  const upload = make('small');
  const state = make('span');
  const buttons = Object.keys(REQUESTS).map((action) => makeButton(action, id));
  const row = make(
    'li',
    { class: 'line', 'data-asset': id },
    make('div', { class: 'wide' }, make('code', {}, id), ' ', upload),
    make('div', { class: 'state' }, state),
    make('div', { class: 'buttons' }, ...buttons),
  );
  get('rows').append(row);
  return { upload, state, cancel: buttons[0] };
}

/** Shows the assets of the stand-in. Existing rows keep their place and the focus. */
export function showAssets(assets) {
  for (const { assetId, assetStatus, transcodeStatus } of assets) {
    if (!rows.has(assetId)) rows.set(assetId, makeRow(assetId));
    const { upload, state, cancel } = rows.get(assetId);
    setText(upload, `upload.${assetStatus}`);
    setText(state, `state.${transcodeStatus}`);
    state.className = `badge ${STATE_LOOK[transcodeStatus] ?? ''}`;
    cancel.className = transcodeStatus === 'WAITING_TRANSCODE' ? 'main' : '';
  }
}

/** Empties the list, before the gateway sends everything again. */
export function resetAssets() {
  rows.clear();
  get('rows').replaceChildren();
}
