/**
 * Sorts by a string key, ascending by code unit, equal keys in their first order: what lodash does for strings.
 *
 * @param items - Left as it is.
 * @param keyOf - The key of one item.
 */
export function sortBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => Number(a.key > b.key) - Number(a.key < b.key))
    .map(({ item }) => item);
}
