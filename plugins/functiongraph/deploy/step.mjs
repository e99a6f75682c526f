/** @import { FunctionCalls } from '../api/functions.mjs' */
/** @import { Call, DesiredFunction, RemoteFunction, Step } from '../types.ts' */

/**
 * @typedef {object} PlanInput
 * @property {DesiredFunction} desired
 * @property {RemoteFunction} remote
 * @property {FunctionCalls} calls
 * @property {() => Promise<Buffer>} readZip
 * @property {boolean} force writes also what looks the same
 */

/**
 * @param {string} label
 * @param {Call} call
 * @param {readonly string[]} [details]
 * @returns {Step}
 */
export const step = (label, call, details = []) => ({ label, details, call: async () => call });
