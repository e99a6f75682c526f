import { get, short } from './elements.js';
import { say } from './language.js';
import { busy, post } from './requests.js';
import { said, saidAnswer } from './status.js';

const ASSET_ID = /^[0-9a-f]{32}$/;

/** Shows what is wrong with the id that was typed, in the page's own words and language. */
function showError(isWrong) {
  const input = get('add-id');
  input.setAttribute('aria-invalid', String(isWrong));
  get('add-error').hidden = !isWrong;
  if (!isWrong) return;
  say(get('add-error'), 'add.malformed');
  input.focus();
}

async function add(id) {
  const wait = get('add-wait').value;
  const order = { ...(id !== '' && { asset_id: id }), wait_seconds: wait === '' ? null : Number(wait) };
  const answer = await post('/console/assets', order);
  if (answer.status !== 201) return saidAnswer(short(id), answer);
  said('said.queued', { id: short(answer.body.asset_id) });
  get('add-id').value = '';
}

/** Starts the form "New asset". */
export function startNewAsset() {
  get('add-id').addEventListener('input', () => showError(false));
  get('add-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const id = get('add-id').value.trim();
    const isWrong = id !== '' && !ASSET_ID.test(id);
    showError(isWrong);
    if (!isWrong) void busy(event.submitter, () => add(id));
  });
}
