import { ACTIONS, act } from './cancels.js';
import { get, make } from './elements.js';
import { say } from './language.js';
import { busy } from './requests.js';

const STATE_LOOK = {
  WAITING_TRANSCODE: 'warn',
  TRANSCODING: 'run',
  TRANSCODE_SUCCEED: 'ok',
  TRANSCODE_FAILED: 'bad',
};

const rows = new Map();

function makeButton(action, id) {
  const button = make('button', { type: 'button', 'data-i18n-label': `label.${action}`, 'data-id': id });
  button.addEventListener('click', () => void busy(button, () => act(action, id)));
  return say(button, `do.${action}`);
}

function makeRow(id) {
  const upload = make('span', { class: 'muted small' });
  const state = make('span');
  const buttons = ACTIONS.map((action) => makeButton(action, id));
  const row = make(
    'tr',
    { role: 'row', 'data-asset': id },
    make('th', { scope: 'row', role: 'rowheader' }, make('span', { class: 'mono' }, id), ' ', upload),
    make('td', { role: 'cell' }, state),
    make('td', { role: 'cell', class: 'does' }, make('div', { class: 'actions' }, ...buttons)),
  );
  get('rows').append(row);
  return { row, upload, state, cancel: buttons[ACTIONS.indexOf('cancel')], code: undefined };
}

function showState(shown, code) {
  if (shown.code === code) return;
  say(shown.state, `state.${code}`);
  shown.state.className = `badge ${STATE_LOOK[code] ?? ''}`;
  shown.cancel.className = code === 'WAITING_TRANSCODE' ? 'main' : '';
  shown.code = code;
}

/** Shows the assets of the stand-in. Existing rows keep their place and the focus. */
export function showAssets(assets) {
  const present = new Set(assets.map(({ asset_id }) => asset_id));
  for (const [id, { row }] of rows) {
    if (present.has(id)) continue;
    row.remove();
    rows.delete(id);
  }
  for (const { asset_id, asset_status, transcode_status } of assets) {
    if (!rows.has(asset_id)) rows.set(asset_id, makeRow(asset_id));
    const shown = rows.get(asset_id);
    say(shown.upload, `upload.${asset_status}`);
    showState(shown, transcode_status);
  }
}
