import { get, make } from './elements.js';
import { pick, setText, text } from './language.js';
import { run } from './requests.js';
import WORDS from './words/faults.json' with { type: 'json' };

function makeGroup([group, texts]) {
  const names = Object.keys(WORDS.faults).filter((name) => WORDS.faults[name][0] === group);
  return make('optgroup', { label: pick(texts) }, ...names.map((name) => make('option', {}, name)));
}

/** Says in a sentence what the chosen fault does. */
function explain() {
  const [, ...texts] = WORDS.faults[get('fault-name').value];
  get('fault-about').textContent = pick(texts);
}

/** Shows the faults that wait for their calls. */
export function showFaults(faults) {
  setText(get('fault-title'), faults.length > 0 ? 'faults.waiting' : 'faults.none');
  get('fault-clear').hidden = faults.length === 0;
  const items = faults.map(({ name, left, on }) => text('faults.item', { name, n: left, on: `faults.${on}` }));
  get('fault-list').replaceChildren(...items.map((item) => make('li', { class: 'badge warn' }, item)));
}

/** Starts the card "Faults". */
export function startFaults() {
  const menu = get('fault-name');
  menu.append(...Object.entries(WORDS.groups).map(makeGroup));
  menu.addEventListener('change', explain);
  explain();
  get('fault-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const body = { name: menu.value, times: get('fault-times').valueAsNumber, on: get('fault-on').value || undefined };
    void run(event.submitter, menu.value, { path: '/console/faults', body });
  });
  get('fault-clear').addEventListener('click', ({ currentTarget }) => {
    void run(currentTarget, '', { path: '/console/faults/clear', body: {} });
    // The button goes if nothing waits; the focus must not go with it.
    menu.focus();
  });
}
