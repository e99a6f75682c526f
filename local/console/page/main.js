import { showAssets } from './assets.js';
import { setSupersededType } from './cancels.js';
import { get } from './elements.js';
import { showFaultNames, showFaults, startFaults } from './faults.js';
import { FEED_MESSAGES, resetFeed, startFeed } from './feed.js';
import { startFilter } from './filter.js';
import { say, startLanguage } from './language.js';
import { startNewAsset } from './new-asset.js';
import { showVod, startReal } from './real.js';

/** Every connection begins with everything, so that nothing is lost between two. */
function hello({ vod, place, superseded_type, fault_names }) {
  setSupersededType(superseded_type);
  showVod(vod, place);
  showFaultNames(fault_names);
  resetFeed();
}

const HEARD = { hello, assets: showAssets, faults: showFaults, ...FEED_MESSAGES };

function showLink(state, look) {
  say(get('link'), `link.${state}`);
  get('link').className = `badge ${look}`;
}

function listen() {
  const stream = new EventSource('/console/stream');
  for (const [name, heard] of Object.entries(HEARD)) {
    stream.addEventListener(name, ({ data }) => heard(JSON.parse(data)));
  }
  stream.addEventListener('open', () => showLink('live', 'ok'));
  stream.addEventListener('error', () => {
    showLink('lost', 'bad');
    // A browser tries again by itself, unless it was answered with something else.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2_000);
  });
}

for (const start of [startLanguage, startNewAsset, startFaults, startReal, startFilter, startFeed]) start();
listen();
