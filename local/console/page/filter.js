import { get } from './elements.js';

const chosen = () => ({
  asset: get('filter-asset').value.trim().toLowerCase(),
  name: get('filter-function').value,
  outcome: get('filter-outcome').value,
});

const matches = ({ dataset }, { asset, name, outcome }) =>
  dataset.assets.includes(asset) &&
  (name === '' || dataset.function === name) &&
  (outcome === '' || dataset.outcomes.split(' ').includes(outcome));

/** Shows the invocations that match the filter, and says so if there is none. */
export function applyFilter() {
  const filter = chosen();
  const entries = [...get('feed').children];
  for (const entry of entries) entry.hidden = !matches(entry, filter);
  const shown = entries.filter(({ hidden }) => !hidden).length;
  get('feed-empty').hidden = entries.length > 0;
  get('feed-unmatched').hidden = entries.length === 0 || shown > 0;
  get('feed-clear').hidden = entries.length === 0;
  get('feed-count').textContent = String(shown);
}
