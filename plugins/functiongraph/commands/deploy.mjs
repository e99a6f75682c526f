import { connect } from '../api/connect.mjs';
import { readFunction } from '../api/functions.mjs';
import { planFunction } from '../deploy/plan.mjs';
import { ApiError, UserError } from '../errors.mjs';
import { asBody } from '../json.mjs';
import { readPackage } from '../state.mjs';

/** @import { Host, Send, Step } from '../types.ts' */

/**
 * @param {string} key
 * @param {Step} step
 */
const lines = (key, { label, details }) => [`${key}: ${label}`, ...details.map((detail) => `  ${detail}`)].join('\n');

/**
 * Every plan is made before the first write, so that what cannot work stops the deployment before it began.
 *
 * @param {Host} host
 * @param {ReturnType<typeof connect>} connection
 */
const makePlans = async (host, { send, callsFor }) => {
  const force = host.options['force'] === true;
  const plans = [];
  for (const { desired, readZip } of await readPackage(host)) {
    const calls = callsFor(desired.name);
    const remote = await readFunction(send, calls);
    plans.push({ key: desired.key, steps: planFunction({ desired, remote, calls, readZip, force }) });
  }
  return plans;
};

/**
 * @param {Send} send
 * @param {readonly Step[]} steps
 * @param {(step: Step) => void} done
 */
const apply = async (send, steps, done) => {
  for (const step of steps) {
    const answer = await send(await step.call());
    done(step);
    await apply(send, step.followUp?.(asBody(answer)) ?? [], done);
  }
};

/**
 * Creates or updates every function: only what differs is written, one call each. It stops at the first error; what was
 * written stays, and deploying again writes the rest.
 *
 * @param {Host} host
 */
export const deploy = async (host) => {
  const connection = connect(host);
  const plans = await makePlans(host, connection);
  const planned = plans.flatMap(({ key, steps }) => steps.map((step) => lines(key, step)));
  if (host.options['dry-run'] === true) {
    host.print(planned.length === 0 ? 'No change' : planned.join('\n'));
    return;
  }
  let written = 0;
  try {
    for (const { key, steps } of plans)
      await apply(connection.send, steps, (step) => {
        written += 1;
        host.notice(lines(key, step));
      });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new UserError(`${error.message}\n${written} change(s) made before; deploy again to finish`, error.code);
  }
  host.notice(written === 0 ? 'No change' : `${written} change(s) made`);
};
