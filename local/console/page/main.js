import { showAssets } from './assets.js';
import { get, make } from './elements.js';
import { showFaults } from './forms.js';
import { began, called, clearInvocations, ended, lined } from './invocations.js';
import { setSupersededType } from './requests.js';
import { say, startLanguage } from './words.js';

/** Every connection starts with everything, so a lost connection loses nothing. */
function hello({ vod, place, superseded_type, fault_names }) {
  setSupersededType(superseded_type);
  const real = vod === 'real';
  say(get('vod'), `vod.${vod}`);
  get('vod').className = real ? 'badge bad' : 'badge';
  get('real').hidden = !real;
  get('place').textContent = place ?? '';
  get('one').hidden = !real;
  for (const id of ['assets', 'add', 'faults']) get(id).hidden = real;
  const names = get('fault-name');
  if (names.options.length === 0) names.append(...fault_names.map((name) => make('option', { value: name }, name)));
  clearInvocations();
}

const HEARD = { hello, assets: showAssets, faults: showFaults, began, call: called, line: lined, ended };

function link(state, look) {
  say(get('link'), `link.${state}`);
  get('link').className = `badge ${look}`;
}

function listen() {
  const stream = new EventSource('/console/stream');
  for (const [name, heard] of Object.entries(HEARD))
    stream.addEventListener(name, ({ data }) => heard(JSON.parse(data)));
  stream.addEventListener('open', () => link('live', 'ok'));
  stream.addEventListener('error', () => {
    link('lost', 'bad');
    // The browser reconnects by itself, except after an answer that is no stream.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2_000);
  });
}

startLanguage();
listen();
