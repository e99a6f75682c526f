import { connect } from '../api/connect.mjs';
import { orNull, readFunction } from '../api/functions.mjs';
import { triggerLabel } from '../deploy/trigger-diff.mjs';
import { deletionNotes } from '../deploy/trigger-steps.mjs';

/** @import { Host } from '../types.ts' */

/**
 * Removes every function of serverless.yml with all its versions: the triggers first, so that nothing calls a function
 * that is going. What is gone already is passed over.
 *
 * @param {Host} host
 */
export const remove = async (host) => {
  const { send, callsFor } = connect(host);
  for (const [key, { name }] of Object.entries(host.service.functions)) {
    const calls = callsFor(name);
    const { config, triggers } = await readFunction(send, calls);
    if (config === null) {
      host.notice(`${key}: not there`);
      continue;
    }
    for (const trigger of triggers) {
      await orNull(send(calls.deleteTrigger(trigger)));
      host.notice([`${key}: deleted trigger ${triggerLabel(trigger)}`, ...deletionNotes(trigger)].join('\n  '));
    }
    await orNull(send(calls.remove()));
    host.notice(`${key}: removed`);
  }
};
