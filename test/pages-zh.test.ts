import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outline } from './helpers/markdown.ts';

/** Pages that say the same in both languages. Pages for one cloud are written for their readers, and are not compared. */
const PAGES = ['README', 'docs/commands', 'docs/results', 'docs/settings'] as const;

const PARTS = ['blocks', 'tables', 'links', 'code'] as const;

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** A Chinese page has links to Chinese pages and pictures where there are any, and headings have other anchors there. */
const withoutLanguage = (page: string): string =>
  page.replace(/\.zh-CN(?=\.(?:md|png))/g, '').replace(/(?<=\]\([^)\s]*)#[^)\s]*/g, '');

describe.each(PAGES)('%s in Chinese', (path) => {
  const name = path.split('/').at(-1) ?? '';
  const lines = [`English | [简体中文](${name}.zh-CN.md)`, `[English](${name}.md) | 简体中文`];
  const pages = [read(`${path}.md`), read(`${path}.zh-CN.md`)];

  it('each page leads to the other at its top', () => {
    expect(
      pages.map((page, at) =>
        page
          .split('\n')
          .slice(0, 4)
          .includes(lines[at] ?? ''),
      ),
    ).toEqual([true, true]);
  });

  const [english = [], chinese = []] = pages.map((page, at) =>
    outline(withoutLanguage(page.replace(lines[at] ?? '', ''))),
  );

  it('has the same headings', () => {
    expect(chinese.map(({ level }) => level)).toEqual(english.map(({ level }) => level));
  });

  it.each(PARTS)('has the same %s in every section', (part) => {
    expect(chinese.map((section) => section[part])).toEqual(english.map((section) => section[part]));
  });
});

it('compares pages that have something to compare', () => {
  for (const part of PARTS) {
    const found = PAGES.flatMap((path) => outline(read(`${path}.md`))).flatMap((section) => [...section[part]]);
    expect(found.length).toBeGreaterThan(5);
  }
});

it('the policies and queries of the Chinese operations are those of the English', () => {
  const blocksOf = (path: string) => outline(read(path)).flatMap(({ blocks }) => blocks);
  const english = blocksOf('docs/operations.md');
  const chinese = blocksOf('docs/operations.zh-CN.md').filter((block) => /^```(?:json|lts)/.test(block));
  expect(chinese).toHaveLength(3);
  expect(chinese.filter((block) => !english.includes(block))).toEqual([]);
});
