import { act } from './assets.js';
import { get } from './elements.js';
import { setText, text } from './language.js';
import { run } from './requests.js';

/** Shows the parts of the page that go with the VOD behind the gateway. */
export function showVod({ vod, place }) {
  const isReal = vod === 'real';
  setText(get('vod'), `vod.${vod}`);
  get('vod').className = isReal ? 'badge bad' : 'badge';
  get('place').textContent = place ?? '';
  for (const id of ['real', 'one']) get(id).hidden = !isReal;
  for (const id of ['assets', 'add', 'faults']) get(id).hidden = isReal;
}

/** Starts the form for the real VOD. It asks first, because a cancel there is for good. */
export function startReal() {
  const dialog = get('sure');
  let button;
  get('one-form').addEventListener('submit', (event) => {
    event.preventDefault();
    button = event.submitter;
    setText(get('sure-text'), 'sure.text', { id: get('one-id').value.trim() });
    dialog.returnValue = 'no';
    dialog.showModal();
  });
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'yes') void act(button, get('one-id').value.trim());
  });
}

/** Starts the form "New asset". */
export function startNewAsset() {
  const input = get('add-id');
  // The browser's own message would not say what an id looks like.
  input.addEventListener('input', () => {
    input.setCustomValidity('');
    if (input.validity.patternMismatch) input.setCustomValidity(text('add.malformed'));
  });
  get('add-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const wait = get('add-wait').value;
    const body = { asset_id: input.value || undefined, wait_seconds: wait === '' ? null : Number(wait) };
    void run(event.submitter, input.value, { path: '/console/assets', body });
  });
}
