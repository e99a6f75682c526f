import { act } from './cancels.js';
import { get } from './elements.js';
import { say } from './language.js';
import { busy } from './requests.js';

/** Shows the parts of the page that go with the VOD behind the gateway. */
export function showVod(vod, place) {
  const isReal = vod === 'real';
  say(get('vod'), `vod.${vod}`);
  get('vod').className = isReal ? 'badge bad' : 'badge';
  get('real').hidden = !isReal;
  get('place').textContent = place ?? '';
  get('one').hidden = !isReal;
  for (const id of ['assets', 'add', 'faults']) get(id).hidden = isReal;
}

/** Asks before something is cancelled for good. */
function isSure(id) {
  const dialog = get('sure');
  say(get('sure-text'), 'sure.text', { id });
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }),
  );
}

async function actIfSure(button, id) {
  if (await isSure(id)) await busy(button, () => act(button.value, id));
}

/** Starts the form for the real VOD. */
export function startReal() {
  get('one-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void actIfSure(event.submitter, get('one-id').value.trim());
  });
}
