import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { command, runIfMain } from './command.ts';
import { type Configuration, type Resource, readConfiguration } from './configuration.ts';
import { withPart } from './part.ts';
import { writeFiles } from './write.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const PAGE = join(PROJECT, 'docs/operations.md');
const TERRAFORM = join(PROJECT, '.serverless/terraform');

/** What Huawei charges for each type of resource. The prices are on the pages of the services. */
const COSTS: Readonly<Record<string, string>> = {
  huaweicloud_apig_api: 'free; the gateway itself is charged by the hour',
  huaweicloud_apig_api_publishment: 'free',
  huaweicloud_apig_application: 'free',
  huaweicloud_apig_application_authorization: 'free',
  huaweicloud_apig_group: 'free',
  huaweicloud_apig_throttling_policy: 'free',
  huaweicloud_apig_throttling_policy_associate: 'free',
  huaweicloud_ces_alarmrule: 'free; by use for what it sends',
  huaweicloud_eg_custom_event_channel: 'by use: events',
  huaweicloud_eg_custom_event_source: 'free',
  huaweicloud_eg_event_subscription: 'by use: events',
  huaweicloud_fgs_async_invoke_configuration: 'free',
  huaweicloud_fgs_function: 'by use: invocations, memory and time',
  huaweicloud_lts_group: 'by use: volume of logs, and days kept',
  huaweicloud_lts_keywords_alarm_rule: 'free; by use for what it sends',
  huaweicloud_lts_stream: 'by use: volume of logs, and days kept',
  huaweicloud_smn_subscription: 'by use: e-mails',
  huaweicloud_smn_topic: 'by use: messages',
};

/** Returns `for_each` in words. */
function repeated({ body }: Resource): string {
  const each = body['for_each'];
  if (each === undefined) return '';
  const [, list] = /^\$\{local\.(\w+)\}$/.exec(`${each as string}`) ?? [];
  return list === undefined ? ', if `notification_email` is set' : `, one for each of \`local.${list}\``;
}

/** Returns the table of what a deployment creates, and what it costs. */
export function planTable({ resources }: Configuration): string {
  const rows = resources.map((resource) => {
    const { type, name } = resource;
    const cost = COSTS[type];
    if (cost === undefined) throw new Error(`COSTS in scripts/plan.ts has no row for ${type}`);
    return `| \`${type}.${name}\`${repeated(resource)} | ${cost} |`;
  });
  return ['| resource | costs |', '| --- | --- |', ...rows.sort()].join('\n');
}

const USAGE = `npm run plan

Writes into docs/operations.md what a deployment of serverless.yml creates. Run npm run package first.
`;

export const main = command('plan', { usage: USAGE }, async () => {
  if (!existsSync(TERRAFORM)) throw new Error('there is no package. Run npm run package first.');
  const table = planTable(await readConfiguration(TERRAFORM));
  await writeFiles([{ path: PAGE, contents: withPart(await readFile(PAGE, 'utf8'), 'plan', table) }], new Date());
  return 0;
});

await runIfMain(import.meta, main);
