import { connect } from '../api/connect.mjs';
import { effectiveSettings } from '../desired/function.mjs';
import { UserError } from '../errors.mjs';
import { asBody, asText } from '../json.mjs';
import { chosenFunction, readEventObject } from './event.mjs';

/** @import { Body, Host } from '../types.ts' */

/** The platform answers a little after the function's own limit; its gateway gives up at 90 s. */
const ANSWER_MARGIN_MS = 10_000;
const LONGEST_ANSWER_MS = 90_000;

/** @param {Body} answer */
const hasFailed = ({ status, error_code }) =>
  (status !== undefined && status !== 200) || (error_code !== undefined && !['', '0'].includes(asText(error_code)));

/**
 * Calls a deployed function and prints what it gave; with `--type Event`, hands the event over and prints the request id.
 *
 * @param {Host} host
 */
export const invoke = async (host) => {
  const fn = chosenFunction(host);
  const event = await readEventObject(host);
  const { send, callsFor } = connect(host);
  const calls = callsFor(fn.name);
  const type = host.options['type'] ?? 'RequestResponse';
  if (type === 'Event') {
    host.print(JSON.stringify(await send(calls.invokeAsync(event))));
    return;
  }
  if (type !== 'RequestResponse')
    throw new UserError('--type is RequestResponse or Event', 'FUNCTIONGRAPH_INVALID_OPTION');
  const timeoutMs = effectiveSettings(fn, host.service.provider).timeout * 1000;
  const wait = Math.min(timeoutMs, LONGEST_ANSWER_MS) + ANSWER_MARGIN_MS;
  const answer = asBody(await send(calls.invoke(event, wait)));
  host.print(asText(answer['result']));
  if (host.options['log'] === true) host.notice(asText(answer['log']));
  if (hasFailed(answer))
    throw new UserError(
      `The function failed (request ${asText(answer['request_id'])})`,
      'FUNCTIONGRAPH_FUNCTION_FAILED',
    );
};
