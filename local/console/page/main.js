import { resetAssets, showAssets } from './assets.js';
import { get } from './elements.js';
import { showFaults, startFaults } from './faults.js';
import { FEED_MESSAGES, resetFeed, startFeed } from './feed.js';
import { showVod, startNewAsset, startReal } from './forms.js';
import { setText, startLanguage } from './language.js';

/** Every connection begins with everything, so that nothing is lost between two. */
function hello(message) {
  showVod(message);
  resetAssets();
  resetFeed();
}

function state({ assets, faults }) {
  showAssets(assets);
  showFaults(faults);
}

function showLink(name, look) {
  setText(get('link'), `link.${name}`);
  get('link').className = `badge ${look}`;
}

function listen() {
  const stream = new EventSource('/console/stream');
  for (const [name, handle] of Object.entries({ hello, state, ...FEED_MESSAGES })) {
    stream.addEventListener(name, ({ data }) => handle(JSON.parse(data)));
  }
  stream.addEventListener('open', () => showLink('live', 'ok'));
  stream.addEventListener('error', () => {
    showLink('lost', 'bad');
    // A browser tries again by itself, unless it was answered with something else.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2_000);
  });
}

for (const start of [startLanguage, startNewAsset, startFaults, startReal, startFeed]) start();
listen();
