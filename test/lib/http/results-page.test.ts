import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROBLEMS } from '../../../lib/http/problems.ts';

it.each(['results.md', 'results.zh-CN.md'])('docs/%s has a row for every status of a problem, and no other', (page) => {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| ((?:\d{3}(?:, )?)+) \|/gm)].flatMap(([, statuses = '']) => statuses.split(', '));
  const statuses = new Set(Object.values(PROBLEMS).map(({ status }) => String(status)));
  expect(rows.toSorted()).toEqual([...statuses].toSorted());
});
