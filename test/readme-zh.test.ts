import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outline } from './helpers/markdown.ts';

/** The line that leads from one language to the other, and the only one in which the two pages differ in code or links. */
const LANGUAGES = {
  'README.md': 'English | [简体中文](README.zh-CN.md)',
  'README.zh-CN.md': '[English](README.md) | 简体中文',
} as const;

function outlineOf(page: keyof typeof LANGUAGES) {
  const text = readFileSync(new URL(`../${page}`, import.meta.url), 'utf8');
  return outline(text.replace(LANGUAGES[page], ''));
}

describe('the README in Chinese', () => {
  it.each(Object.entries(LANGUAGES))('%s leads to the other at its top', (page, line) => {
    const text = readFileSync(new URL(`../${page}`, import.meta.url), 'utf8');
    expect(text.split('\n').slice(0, 4)).toContain(line);
  });

  const english = outlineOf('README.md');
  const chinese = outlineOf('README.zh-CN.md');

  it('has the same headings', () => {
    expect(chinese.map(({ level }) => level)).toEqual(english.map(({ level }) => level));
  });

  it.each(['blocks', 'tables', 'links', 'code'] as const)('has the same %s in every section', (part) => {
    expect(chinese.map((section) => section[part])).toEqual(english.map((section) => section[part]));
  });

  it('compares pages that have something to compare', () => {
    for (const part of ['blocks', 'tables', 'links', 'code'] as const) {
      expect(english.flatMap((section) => section[part] as readonly unknown[]).length).toBeGreaterThan(3);
    }
  });
});
