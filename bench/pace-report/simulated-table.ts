import { type Outcome, type Scenario, simulate } from '../pace/simulate.ts';
import type { Table } from '../table.ts';

type Cells = (outcomes: readonly Outcome[]) => string | readonly string[];

type Bound = (outcomes: readonly Outcome[], scenario: Scenario) => boolean;

/** A row: the scenarios, how often each is run, what makes its cells, and the bound on its outcomes. */
export type Row = readonly [label: string, scenarios: readonly Scenario[], seeds: number, cells: Cells, bound?: Bound];

/** A table whose cells come from simulations. */
export interface SimulatedTable {
  readonly head: readonly string[];
  readonly rows: readonly Row[];
}

/**
 * Simulates all rows. The last column says what was lost and what was reported but not done, in all runs of the row.
 *
 * @param broken - gets the rows whose bound is broken, or that lost something
 */
export async function simulateTable({ head, rows }: SimulatedTable, broken: string[]): Promise<Table> {
  const table = [[...head, 'lost / misreported']];
  for (const [label, scenarios, seeds, cellsOf, bound] of rows) {
    const cells = [label];
    let [lost, misreported] = [0, 0];
    for (const scenario of scenarios) {
      const outcomes: Outcome[] = [];
      for (let seed = 1; seed <= seeds; seed += 1) outcomes.push(await simulate(scenario, seed));
      cells.push(...[cellsOf(outcomes)].flat());
      lost += outcomes.reduce((sum, outcome) => sum + outcome.lost, 0);
      misreported += outcomes.reduce((sum, outcome) => sum + outcome.misreported, 0);
      if (bound?.(outcomes, scenario) === false) broken.push(`${label}: ${cellsOf(outcomes)}`);
    }
    if (lost + misreported > 0) broken.push(`${label}: ${lost} lost, ${misreported} misreported`);
    table.push([...cells, `${lost} / ${misreported}`]);
  }
  return table;
}
