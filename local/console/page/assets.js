import { get, make } from './elements.js';
import { busy, DO } from './requests.js';
import { say } from './words.js';

const STATE_LOOK = { WAITING_TRANSCODE: 'warn', TRANSCODING: 'run', TRANSCODE_SUCCEED: 'ok', TRANSCODE_FAILED: 'bad' };
const rows = new Map();

function makeRow(id) {
  const upload = make('span', { class: 'muted small' });
  const state = make('span');
  const buttons = {};
  const actions = make('div', { class: 'actions' });
  for (const what of ['cancel', 'supersede', 'queue']) {
    const button = make('button', {
      type: 'button',
      'data-i18n-label': `label.${what}`,
      'data-id': id,
      'data-do': what,
    });
    say(button, `do.${what}`);
    button.addEventListener('click', () => void busy(button, () => DO[what](id)));
    actions.append(button);
    buttons[what] = button;
  }
  const row = make(
    'tr',
    { role: 'row', 'data-asset': id },
    make('th', { scope: 'row', role: 'rowheader' }, make('span', { class: 'mono' }, id), ' ', upload),
    make('td', { role: 'cell' }, state),
    make('td', { role: 'cell', class: 'does' }, actions),
  );
  get('rows').append(row);
  return { row, upload, state, buttons, code: undefined };
}

/** Shows the stand-in's assets. A row whose state changed is highlighted. */
export function showAssets(assets) {
  const present = new Set(assets.map((asset) => asset.asset_id));
  for (const [id, { row }] of rows)
    if (!present.has(id)) {
      row.remove();
      rows.delete(id);
    }
  for (const { asset_id, asset_status, transcode_status } of assets) {
    if (!rows.has(asset_id)) rows.set(asset_id, makeRow(asset_id));
    const shown = rows.get(asset_id);
    say(shown.upload, `upload.${asset_status}`);
    if (shown.code === transcode_status) continue;
    say(shown.state, `state.${transcode_status}`);
    shown.state.className = `badge ${STATE_LOOK[transcode_status] ?? ''}`;
    shown.buttons.cancel.className = transcode_status === 'WAITING_TRANSCODE' ? 'main' : '';
    if (shown.code !== undefined) {
      shown.row.classList.remove('changed');
      void shown.row.offsetWidth; // restarts the animation
      shown.row.classList.add('changed');
    }
    shown.code = transcode_status;
  }
}
