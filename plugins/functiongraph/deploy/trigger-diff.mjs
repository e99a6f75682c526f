import { asText } from '../json.mjs';
import { isSecret } from '../secrets.mjs';
import { isEmpty, isSame } from './compare.mjs';

/** @import { Body, DesiredTrigger, Json, RemoteTrigger } from '../types.ts' */

/** Types that serverless.yml can name. Triggers of other types, made elsewhere, are left alone. */
const MANAGED_TYPES = new Set([
  'APIG',
  'DEDICATEDGATEWAY',
  'EVENTGRID',
  'SMN',
  'KAFKA',
  'RABBITMQ',
  'DIS',
  'TIMER',
  'OBS',
]);

/** Members that serverless.yml may leave out: where the platform has one that it has not, the trigger differs. */
const OPTIONAL_MEMBERS = ['user_event', 'prefix', 'suffix', 'kafka_user', 'bucket'];

/** Those of them that the platform is known to give back, so that one it does not give back is one it has not. */
const GIVEN_BACK = new Set(['user_event', 'prefix', 'suffix']);

/**
 * @param {Body} want
 * @param {Body} have
 */
const optionalMembersDiffer = (want, have) =>
  OPTIONAL_MEMBERS.some((name) =>
    isEmpty(want[name]) ? !isEmpty(have[name]) : isEmpty(have[name]) && GIVEN_BACK.has(name),
  );

/** Members that the platform puts something of its own before: `trigger_name` is given as a suffix. */
const SUFFIXES = new Set(['trigger_name']);

/**
 * @param {string} name
 * @param {Json} desired
 * @param {Json | undefined} actual
 */
const memberMatches = (name, desired, actual) =>
  SUFFIXES.has(name) ? asText(actual).endsWith(asText(desired)) : isSame(desired, actual);

/**
 * Compares what the platform gives back: it leaves out parts of `event_data` for some types. At least one member must
 * be there to compare, so that an answer without details is not taken for any trigger of its type.
 *
 * @param {DesiredTrigger} desired
 * @param {RemoteTrigger} actual
 */
const matches = (desired, actual) => {
  if (desired.trigger_type_code !== actual.trigger_type_code) return false;
  const [want, have] = [desired.event_data, actual.event_data];
  if (optionalMembersDiffer(want, have)) return false;
  const comparable = Object.entries(want).filter(([name]) => !isSecret(name) && have[name] !== undefined);
  return comparable.length > 0 && comparable.every(([name, value]) => memberMatches(name, value, have[name]));
};

/** @param {DesiredTrigger} trigger */
const hasSecret = (trigger) => Object.keys(trigger.event_data).some(isSecret);

/**
 * Pairs the triggers that serverless.yml names with those that the platform has.
 *
 * @param {readonly DesiredTrigger[]} desired
 * @param {readonly RemoteTrigger[]} actual
 * @param {{ force: boolean }} options `force` makes triggers anew whose password cannot be compared
 */
export const triggerDifference = (desired, actual, { force }) => {
  const left = actual.filter((trigger) => MANAGED_TYPES.has(trigger.trigger_type_code));
  const missing = [];
  const switched = [];
  for (const trigger of desired) {
    const index = force && hasSecret(trigger) ? -1 : left.findIndex((candidate) => matches(trigger, candidate));
    const [found] = index === -1 ? [] : left.splice(index, 1);
    if (found === undefined) missing.push(trigger);
    else if (found.trigger_status !== trigger.trigger_status)
      switched.push({ trigger: found, status: trigger.trigger_status });
  }
  return { missing, switched, superfluous: left };
};

/** Members that tell a person which trigger is meant, the most telling first. */
const TELLING_MEMBERS = ['path', 'topic_urn', 'trigger_name', 'stream_name', 'bucket', 'instance_id', 'name'];

/** @param {DesiredTrigger} trigger */
export const triggerLabel = ({ trigger_type_code, event_data }) => {
  const member = TELLING_MEMBERS.find((name) => !isEmpty(event_data[name]));
  return member === undefined ? trigger_type_code : `${trigger_type_code} ${asText(event_data[member])}`;
};
