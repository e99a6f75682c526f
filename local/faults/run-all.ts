import { concurrently } from './concurrently.ts';
import type { Row } from './row.ts';
import { runRow, type SeenOfBoth } from './run-row.ts';

/** Rows mostly wait, so more of them at once than there are processors. */
const AT_ONCE = 7;

/** A row with what was seen in it. */
export interface RunRow {
  readonly row: Row;
  readonly seen: SeenOfBoth;
}

/**
 * Runs rows through both functions.
 *
 * @param onDone - told of each row when it is over
 * @param atOnce - rows at the same time
 */
export async function runAll(
  rows: readonly Row[],
  onDone: () => void = () => undefined,
  atOnce = AT_ONCE,
): Promise<ReadonlyMap<Row, RunRow>> {
  const runs = new Map<Row, RunRow>();
  await concurrently(rows, atOnce, async (row) => {
    runs.set(row, { row, seen: await runRow(row) });
    onDone();
  });
  return runs;
}
