import { get, make } from './elements.js';
import { hasWord, say } from './language.js';
import { busy, post } from './requests.js';
import { said, saidAnswer } from './status.js';
import FAULT_WORDS from './words/faults.json' with { type: 'json' };

const groupOf = (name) => FAULT_WORDS.faults[name]?.[0];

/** Fills the menu with the faults that the stand-in has, by group. */
export function showFaultNames(names) {
  const menu = get('fault-name');
  if (menu.options.length > 0) return;
  for (const group of Object.keys(FAULT_WORDS.groups)) {
    const options = names
      .filter((name) => groupOf(name) === group)
      .map((name) => make('option', { value: name }, name));
    const element = make('optgroup', { 'data-i18n-group': `group.${group}` }, ...options);
    menu.append(element);
  }
  menu.append(...names.filter((name) => groupOf(name) === undefined).map((name) => make('option', {}, name)));
  explain();
}

/** Says in a sentence what the chosen fault does. */
function explain() {
  const key = `fault.${get('fault-name').value}`;
  if (hasWord(key)) say(get('fault-about'), key);
}

/** Shows the faults that wait for their calls. */
export function showFaults(faults) {
  say(get('fault-title'), faults.length > 0 ? 'faults.waiting' : 'faults.none');
  get('fault-clear').hidden = faults.length === 0;
  const items = faults.map(({ name, left, on }) =>
    say(make('li', { class: 'badge warn long' }), 'faults.item', {
      name,
      n: String(left),
      on: on === 'queue' ? '=call.queue' : `=faults.${on}`,
    }),
  );
  get('fault-list').replaceChildren(...items);
}

async function inject() {
  const name = get('fault-name').value;
  const times = Number(get('fault-times').value);
  const on = get('fault-on').value;
  const answer = await post('/console/faults', { name, times, ...(on !== '' && { on }) });
  if (answer.status === 201) said('said.fault', { name, n: String(times) });
  else saidAnswer(name, answer);
}

async function clear() {
  await post('/console/faults/clear', {});
  said('said.cleared');
  // The button goes if nothing waits; the focus must not go with it.
  get('fault-name').focus();
}

/** Starts the card "Faults". */
export function startFaults() {
  get('fault-name').addEventListener('change', explain);
  get('fault-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void busy(event.submitter, inject);
  });
  get('fault-clear').addEventListener('click', ({ currentTarget }) => void busy(currentTarget, clear));
}
