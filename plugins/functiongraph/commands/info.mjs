import { connect } from '../api/connect.mjs';
import { readFunction } from '../api/functions.mjs';
import { triggerLabel } from '../deploy/trigger-diff.mjs';
import { asText } from '../json.mjs';

/** @import { Body, Host, RemoteTrigger } from '../types.ts' */

/** @param {RemoteTrigger} trigger */
const triggerLine = (trigger) => {
  const url = trigger.event_data['invoke_url'];
  return `  ${triggerLabel(trigger)} ${trigger.trigger_status}${url === undefined ? '' : ` ${asText(url)}`}`;
};

/** @param {Body} config */
const configLine = (config) => {
  const [runtime, memory, timeout, size, modified] = [
    'runtime',
    'memory_size',
    'timeout',
    'code_size',
    'last_modified',
  ].map((name) => asText(config[name]));
  return `  ${runtime}, ${memory} MB, ${timeout} s, code ${size} bytes, last modified ${modified}`;
};

/** @param {Host} host */
export const info = async (host) => {
  const { send, callsFor, urnOf } = connect(host);
  for (const [key, { name }] of Object.entries(host.service.functions)) {
    const { config, triggers } = await readFunction(send, callsFor(name));
    if (config === null) host.print(`${key}: not deployed`);
    else host.print([`${key}: ${urnOf(name)}`, configLine(config), ...triggers.map(triggerLine)].join('\n'));
  }
};
