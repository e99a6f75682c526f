import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../api/client.mjs';
import { connect } from '../api/connect.mjs';
import { ltsEndpoint } from '../api/settings.mjs';
import { UserError } from '../errors.mjs';
import { asBody, asText } from '../json.mjs';
import { chosenFunction } from './event.mjs';

/** @import { Body, Host, Json } from '../types.ts' */

/** As many lines as LTS gives at once. */
const PAGE = 5000;

/** Between two looks of `--tail`, in milliseconds. */
const DEFAULT_INTERVAL = '1000';

/** LTS documents this very value as the only one. */
const LTS_HEADERS = { 'content-type': 'application/json;charset=UTF-8' };

/** @type {Readonly<Record<string, number>>} */
const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * `10m` (before now) or a date, as `--startTime` takes it.
 *
 * @param {unknown} text
 * @param {number} now
 * @returns {number} milliseconds since the epoch
 */
export const startTime = (text, now) => {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(String(text)) ?? [];
  const unitMs = UNIT_MS[unit ?? ''];
  if (unitMs !== undefined) return now - Number(count) * unitMs;
  const moment = Date.parse(String(text));
  if (Number.isNaN(moment))
    throw new UserError('--startTime is a time span such as 10m, or a date', 'FUNCTIONGRAPH_INVALID_OPTION');
  return moment;
};

/**
 * @param {unknown} text
 * @returns {number} milliseconds
 */
const interval = (text) => {
  if (typeof text !== 'string' || !/^[1-9]\d*$/.test(text))
    throw new UserError('--interval is a number of milliseconds', 'FUNCTIONGRAPH_INVALID_OPTION');
  return Number(text);
};

/** @param {Json | undefined} logs @returns {Body[]} */
const entriesOf = (logs) => (Array.isArray(logs) ? logs.map(asBody) : []);

/**
 * Prints a function's log lines from LTS, oldest first; with `--tail`, goes on until it is stopped.
 *
 * @param {Host} host
 */
export const logs = async (host) => {
  const fn = chosenFunction(host);
  const { send, callsFor, credentials } = connect(host);
  const sendToLts = createClient({ endpoint: ltsEndpoint(host), credentials });
  const stream = asBody(await send(callsFor(fn.name).readLogStream()));
  const path = `/v2/${credentials.projectId}/groups/${encodeURIComponent(asText(stream['group_id']))}/streams/${encodeURIComponent(asText(stream['stream_id']))}/content/query`;
  const from = startTime(host.options['startTime'] ?? '10m', Date.now());
  const keywords = host.options['filter'];
  const pause = interval(host.options['interval'] ?? DEFAULT_INTERVAL);
  const seen = new Set();
  for (;;) {
    const body = {
      start_time: String(from),
      end_time: String(Date.now()),
      is_desc: false,
      limit: PAGE,
      ...(typeof keywords === 'string' && { keywords }),
    };
    const answer = asBody(await sendToLts({ method: 'POST', path, body, headers: LTS_HEADERS }));
    for (const entry of entriesOf(answer['logs'])) {
      if (seen.has(entry['line_num'])) continue;
      seen.add(entry['line_num']);
      host.print(asText(entry['content']));
    }
    if (host.options['tail'] !== true) return;
    await sleep(pause);
  }
};
