/** Reads the queries of the alarms and the runbook from their files. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readFilterPattern } from './cloudwatch.ts';
import type { Condition } from './conditions.ts';
import { readInsightsQuery } from './insights.ts';
import { readLtsSearch } from './lts.ts';

export interface Query {
  /** What it looks for, as an alarm or the runbook names it. */
  readonly name: string;
  readonly text: string;
  readonly selects: Condition;
}

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

interface MetricFilter {
  readonly Properties: {
    readonly FilterPattern: string;
    readonly MetricTransformations: readonly { readonly MetricName: string }[];
  };
}

/** The metric filters of the CloudFormation template, by the metric that each counts. */
export function metricFilters(): readonly Query[] {
  const { Resources } = parse(read('deploy/aws/metrics.yml')) as { Resources: Record<string, MetricFilter> };
  return Object.values(Resources).map(({ Properties: { FilterPattern, MetricTransformations } }) => ({
    name: MetricTransformations[0]?.MetricName ?? '',
    text: FilterPattern,
    selects: readFilterPattern(FilterPattern),
  }));
}

const LANGUAGES = { insights: readInsightsQuery, lts: readLtsSearch } as const;

/** The queries of the runbook: under a heading with the name, one fenced block for each language. */
export function runbookQueries(language: keyof typeof LANGUAGES): readonly Query[] {
  const sections = read('docs/operations.md')
    .split(/^#### /m)
    .slice(1);
  return sections.flatMap((section) => {
    const [, text] = new RegExp(`^\`\`\`${language}\\n([^\`]*)\`\`\``, 'm').exec(section) ?? [];
    if (text === undefined) return [];
    return [{ name: section.split('\n')[0] ?? '', text, selects: LANGUAGES[language](text) }];
  });
}

/** The searches of the keyword alarms on Huawei Cloud. In HCL, such a text is written as in JSON. */
export function ltsAlarms(): readonly Query[] {
  const alarms = read('deploy/huawei/alarms.tf').matchAll(/^ {4}([a-z-]+) = \{\n {6}keywords = (".*")$/gm);
  return Array.from(alarms, ([, name = '', keywords = '']) => {
    const text = JSON.parse(keywords) as string;
    return { name, text, selects: readLtsSearch(text) };
  });
}
