import { FUNCTIONS, type FunctionName } from '../../../scripts/functions.ts';
import { ASSET_ID } from '../../helpers/contexts.ts';
import { type Environment, openEnvironment } from '../environment.ts';
import { type Invocation, invokeFresh } from '../invoke.ts';
import { type Observation, observe } from '../observation.ts';
import { REMAINING_MS, type Row } from './row.ts';
import { invokeInChild } from './tls.ts';

/** What was seen of both functions in a row. */
export type Observations = Readonly<Record<FunctionName, Observation>>;

/**
 * Runs both functions through one row: the built bundles, freshly loaded, each against a VOD of its own. Rows share
 * nothing, so they can run at the same time.
 *
 * @throws Error if the row could not be set up
 */
export async function runRow(row: Row): Promise<Observations> {
  const environments = { 'cancel-http': await openEnvironment(row), 'cancel-superseded': await openEnvironment(row) };
  try {
    const invocations = FUNCTIONS.map((name) => invocationOf(row, name, environments[name]));
    const isTls = row.target?.startsWith('tls-') ?? false;
    const results = await (isTls ? invokeInChild(invocations) : Promise.all(invocations.map(invokeFresh)));
    const observations = invocations.map(({ functionName }, i) => {
      const result = results[i];
      if (result === undefined) throw new Error(`${functionName} gave no result`);
      return [functionName, observe(result, environments[functionName])] as const;
    });
    return Object.fromEntries(observations) as Observations;
  } finally {
    await Promise.all(Object.values(environments).map((environment) => environment.close()));
  }
}

function invocationOf(row: Row, functionName: FunctionName, { settings }: Environment): Invocation {
  const { remainingMs = REMAINING_MS, invocations = 1 } = row;
  return { functionName, assetId: ASSET_ID, settings, remainingMs, times: invocations };
}
