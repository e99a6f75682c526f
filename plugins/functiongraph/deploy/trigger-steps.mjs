import { step } from './step.mjs';
import { triggerDifference, triggerLabel } from './trigger-diff.mjs';

/** @import { RemoteTrigger, Step } from '../types.ts' */
/** @import { PlanInput } from './step.mjs' */

const GATEWAYS = new Set(['APIG', 'DEDICATEDGATEWAY']);

/**
 * What else goes with a trigger, or stays behind.
 *
 * @param {RemoteTrigger} trigger
 */
export const deletionNotes = ({ trigger_type_code, trigger_id }) => {
  if (trigger_type_code === 'EVENTGRID')
    return [`EventGrid may keep its subscription ${trigger_id}; delete it there if it does`];
  return GATEWAYS.has(trigger_type_code)
    ? ['its API goes too, and with it the apps that were authorised to call it']
    : [];
};

/**
 * What goes, goes first: a new trigger may need the path or the name of an old one.
 *
 * @param {PlanInput} input
 * @returns {Step[]}
 */
export const triggerSteps = ({ desired, remote, calls, force }) => {
  const { missing, switched, superfluous } = triggerDifference(desired.triggers, remote.triggers, { force });
  return [
    ...superfluous.map((trigger) =>
      step(`delete trigger ${triggerLabel(trigger)}`, calls.deleteTrigger(trigger), deletionNotes(trigger)),
    ),
    ...switched.map(({ trigger, status }) =>
      step(`set trigger ${triggerLabel(trigger)} ${status}`, calls.setTriggerStatus(trigger, status)),
    ),
    ...missing.map((trigger) => step(`create trigger ${triggerLabel(trigger)}`, calls.createTrigger(trigger))),
  ];
};
