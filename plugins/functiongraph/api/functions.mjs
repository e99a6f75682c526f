import { ApiError } from '../errors.mjs';
import { asBody, asText } from '../json.mjs';

/** @import { Body, Call, DesiredTrigger, Json, RemoteFunction, RemoteTrigger, Send } from '../types.ts' */

/**
 * The calls of the FunctionGraph API v2 that a deployment is made of, each as data.
 *
 * @param {string} projectId
 * @param {string} urn
 */
export const functionCalls = (projectId, urn) => {
  const functions = `/v2/${projectId}/fgs/functions`;
  const triggers = `/v2/${projectId}/fgs/triggers/${urn}`;
  /** @param {RemoteTrigger} trigger */
  const triggerPath = (trigger) => `${triggers}/${trigger.trigger_type_code}/${encodeURIComponent(trigger.trigger_id)}`;
  return {
    /** @returns {Call} */
    readConfig: () => ({ method: 'GET', path: `${functions}/${urn}/config` }),
    /** @returns {Call} */
    readAsyncConfig: () => ({ method: 'GET', path: `${functions}/${urn}/async-invoke-config` }),
    /** @returns {Call} */
    readTriggers: () => ({ method: 'GET', path: triggers }),
    /** @param {Body} body @returns {Call} */
    create: (body) => ({ method: 'POST', path: functions, body }),
    /** @param {Body} body @returns {Call} */
    updateConfig: (body) => ({ method: 'PUT', path: `${functions}/${urn}/config`, body }),
    /** @param {Body} body @returns {Call} */
    updateCode: (body) => ({ method: 'PUT', path: `${functions}/${urn}/code`, body }),
    /** @param {number} count @returns {Call} */
    updateMaxInstances: (count) => ({
      method: 'PUT',
      path: `${functions}/${urn}/config-max-instance`,
      body: { max_instance_num: count },
    }),
    /** @param {Body} body @returns {Call} */
    updateAsyncConfig: (body) => ({ method: 'PUT', path: `${functions}/${urn}/async-invoke-config`, body }),
    /** @returns {Call} */
    deleteAsyncConfig: () => ({ method: 'DELETE', path: `${functions}/${urn}/async-invoke-config` }),
    /** @returns {Call} */
    remove: () => ({ method: 'DELETE', path: `${functions}/${urn}` }),
    /** @param {DesiredTrigger} trigger @returns {Call} */
    createTrigger: (trigger) => ({ method: 'POST', path: triggers, body: trigger }),
    /** @param {RemoteTrigger} trigger @param {string} status @returns {Call} */
    setTriggerStatus: (trigger, status) => ({
      method: 'PUT',
      path: triggerPath(trigger),
      body: { trigger_status: status },
    }),
    /** @param {RemoteTrigger} trigger @returns {Call} */
    deleteTrigger: (trigger) => ({ method: 'DELETE', path: triggerPath(trigger) }),
    /** @returns {Call} */
    readLogStream: () => ({ method: 'GET', path: `${functions}/${urn}/lts-log-detail` }),
    /** @param {Body} event @param {number} timeoutMs @returns {Call} */
    invoke: (event, timeoutMs) => ({
      method: 'POST',
      path: `${functions}/${urn}/invocations`,
      body: event,
      // v1 answers with JSON that tells the function's own failure apart; tail adds the last lines of its log.
      headers: { 'X-Cff-Log-Type': 'tail', 'X-CFF-Request-Version': 'v1' },
      timeoutMs,
    }),
    /** @param {Body} event @returns {Call} */
    invokeAsync: (event) => ({ method: 'POST', path: `${functions}/${urn}/invocations-async`, body: event }),
  };
};

/** @typedef {ReturnType<typeof functionCalls>} FunctionCalls */

/**
 * @param {Promise<Json>} answer
 * @returns {Promise<Json>} null where FunctionGraph says that there is no such thing
 */
export const orNull = async (answer) => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.isMissing) return null;
    throw error;
  }
};

/** @param {Json} value @returns {RemoteTrigger} */
const remoteTrigger = (value) => {
  const trigger = asBody(value);
  return {
    ...trigger,
    trigger_id: asText(trigger['trigger_id']),
    trigger_type_code: asText(trigger['trigger_type_code']),
    // Documented as DISABLED in requests and as DISABLE in answers.
    trigger_status: asText(trigger['trigger_status']).startsWith('DISABLE') ? 'DISABLED' : 'ACTIVE',
    event_data: asBody(trigger['event_data']),
  };
};

/**
 * What the platform has of one function.
 *
 * @param {Send} send
 * @param {FunctionCalls} calls
 * @returns {Promise<RemoteFunction>}
 */
export const readFunction = async (send, calls) => {
  const config = await orNull(send(calls.readConfig()));
  if (config === null) return { config: null, asyncConfig: null, triggers: [] };
  const asyncConfig = await orNull(send(calls.readAsyncConfig()));
  const triggers = await send(calls.readTriggers());
  return {
    config: asBody(config),
    asyncConfig: asyncConfig === null ? null : asBody(asyncConfig),
    triggers: Array.isArray(triggers) ? triggers.map(remoteTrigger) : [],
  };
};
