import { DEFAULT_PACE, RECOMMENDED_TOTAL, type Result } from './runs.ts';
import { TENANT_LIMIT } from './simulate.ts';
import { callsPerCancel, drains, minutes, shareOfLimit } from './table.ts';

const totalOf = ({ instances, callsPerMinute = 0 }: Result): number => instances * callsPerMinute;

const name = ({ instances, callsPerMinute }: Result): string =>
  callsPerMinute === undefined ? `${instances} with plain retries` : `${instances} × ${callsPerMinute}`;

const list = (results: readonly Result[], of: (result: Result) => string): string => results.map(of).join(', ');

/** How a run ended, for the sentences that name several. */
const fate = (result: Result): string =>
  drains(result)
    ? `${name(result)} takes ${minutes(result)} and ${callsPerCancel(result)} calls per cancel`
    : `${name(result)} never drains and loses ${result.lost.toLocaleString('en-US')} uploads`;

/** The smallest and the largest of what results say, in words. */
function range(results: readonly Result[], of: (result: Result) => string): string {
  const sorted = results.map(of).sort((left, right) => Number.parseFloat(left) - Number.parseFloat(right));
  const [first = '', last = ''] = [sorted[0], sorted.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}

/**
 * What the tables say, each sentence made of their figures, so that it cannot say anything else.
 *
 * @param messages - results for a source that takes back single messages
 * @param events - results for one that takes back whole events
 */
export function findings(messages: readonly Result[], events: readonly Result[]): readonly string[] {
  const isPaced = ({ callsPerMinute }: Result): boolean => callsPerMinute !== undefined;
  const within = messages.filter((result) => isPaced(result) && totalOf(result) <= RECOMMENDED_TOTAL);
  const recommended = within.filter((result) => totalOf(result) === RECOMMENDED_TOTAL);
  const beyond = messages.filter((result) => isPaced(result) && totalOf(result) > TENANT_LIMIT);
  const plain = messages.filter((result) => !isPaced(result));
  const [whole, stuck] = [events.filter(drains), events.filter((result) => !drains(result))];
  return [
    `**Keep instances × \`VOD_CALLS_PER_MINUTE\` at ${RECOMMENDED_TOTAL}.** ${list(recommended, name)}: nothing is lost, a cancel takes ${range(recommended, callsPerCancel)} calls, ${range(recommended, shareOfLimit)} of the limit are used, and the backlog is gone after ${range(recommended, minutes)}. The rest of the ${TENANT_LIMIT} is for the first minute, in which a fresh instance may go at twice its pace, and for whatever else the tenant runs.`,
    `**With the default of ${DEFAULT_PACE} that is ${RECOMMENDED_TOTAL / DEFAULT_PACE} instances.** Set a maximum of instances (*Max. Instances* on FunctionGraph, *reserved concurrency* or the event source's *maximum concurrency* on Lambda); more of them need a smaller pace each.`,
    `**Do not go beyond ${TENANT_LIMIT} in all.** ${list(beyond, fate)}: refused calls count against the limit, so that asking for more brings less.`,
    `**Plain retries are no way out.** ${list(plain, fate)}.`,
    `**Few instances at a high pace are better than many at a low one.** The share of the limit used is the same, but what has no slot in its invocation is delivered again: ${list(recommended, (result) => `${result.deliveries.toFixed(1)} deliveries per upload for ${name(result)}`)}.`,
    ...(stuck.length === 0
      ? []
      : [
          `**Where whole events come back, an event must fit into one invocation.** ${list(whole, name)} do as well as above; ${list(stuck, name)} never handles an event of ten, since its pace gives fewer than ten calls within the timeout of a minute. Its assets are cancelled in the end (${range(stuck, ({ lost }) => String(lost))} lost), but the events fail until they are given up, at ${range(stuck, callsPerCancel)} calls per cancel. So keep \`VOD_CALLS_PER_MINUTE\` × timeout in minutes above the number of assets in an event.`,
        ]),
  ];
}
