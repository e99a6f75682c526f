import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../lib/cancel/outcome.ts';
import { CancelResultSchema } from '../lib/cancel/result-schema.ts';
import { SETTING_RULES } from '../lib/config/rules.ts';
import { readSettings } from '../lib/config/settings.ts';
import packageJson from '../package.json' with { type: 'json' };

const page = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const READMES = ['README.md', 'README.zh-CN.md'] as const;

/** The changelog is left out: it also names commands of earlier versions. */
const PAGES = ['', 'docs/'].flatMap((folder) =>
  readdirSync(new URL(`../${folder}`, import.meta.url))
    .filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md')
    .map((file) => `${folder}${file}`),
);

const SETTINGS = ['docs/settings.md', 'docs/settings.zh-CN.md'] as const;

/** Settings that have no rule: keys and the log level are read elsewhere. */
const WITHOUT_RULE = [
  'HUAWEICLOUD_SDK_AK',
  'HUAWEICLOUD_SDK_SK',
  'HUAWEICLOUD_SDK_SECURITY_TOKEN',
  'HUAWEICLOUD_SDK_PROJECT_ID',
  'VOD_CREDENTIALS_SECRET',
  'LOG_LEVEL',
] as const;

/** Rows of a page's tables whose first cell is code: name and the next cell. */
const rowsOf = (path: string) =>
  [...page(path).matchAll(/^\| `([^|]+)` \| ([^|]+) \|/gm)].map(
    ([, name = '', cell = '']) => [name, cell.trim()] as const,
  );

const commandsIn = (path: string): readonly string[] =>
  [...page(path).matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)].map(([, name]) => name ?? '');

describe.each(READMES)('%s', (path) => {
  it('has at most 120 lines', () => {
    expect(page(path).trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  });

  it('names the version at its top', () => {
    expect(page(path).split('\n').slice(0, 6).join('\n')).toContain(packageJson.version);
  });

  it('shows the two commands', () => {
    expect(page(path)).toContain('npm ci && npm start');
    expect(page(path)).toContain('npm ci && npm test');
  });

  it('shows a result that is one', () => {
    const [, answer = ''] = /```http\n([\s\S]*?)\n```/.exec(page(path)) ?? [];
    const body = answer.split('\n').at(-1) ?? '';
    expect(v.safeParse(CancelResultSchema, JSON.parse(body)).issues).toBeUndefined();
  });
});

describe('what the pages say', () => {
  it.each(PAGES)('%s names only commands that package.json has', (path) => {
    const known = new Set([...Object.keys(packageJson.scripts), 'ci', 'version']);
    expect(commandsIn(path).filter((name) => !known.has(name))).toEqual([]);
  });

  it('every command is listed', () => {
    const listed = new Set([...commandsIn('docs/commands.md'), ...commandsIn('README.md')]);
    expect(Object.keys(packageJson.scripts).filter((name) => !listed.has(name))).toEqual([]);
  });

  it('every outcome is described', () => {
    const names = rowsOf('docs/results.md').map(([name]) => name);
    expect(new Set(names.filter((name) => (OUTCOMES as readonly string[]).includes(name)))).toEqual(new Set(OUTCOMES));
  });

  it('every member of a result is described', () => {
    const names = rowsOf('docs/results.md').flatMap(([name]) => name.split(/`, `/));
    expect(Object.keys(CancelResultSchema.entries).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(SETTINGS)('%s has a row for each setting, and no other', (path) => {
    const names = rowsOf(path).flatMap(([name]) => name.split('`, `'));
    expect(names.toSorted()).toEqual([...Object.keys(SETTING_RULES), ...WITHOUT_RULE].sort());
  });

  it.each(SETTINGS)('%s has the defaults of the code', (path) => {
    const defaults = readSettings([(name) => (name === 'VOD_REGION' ? 'cn-north-4' : undefined)]);
    const rows = rowsOf(path).filter(([name]) => name in defaults);
    for (const [name, cell] of rows) {
      const value = defaults[name as keyof typeof defaults];
      const text = value instanceof RegExp ? value.source : String(value);
      expect([name, cell.replaceAll('`', '')]).toEqual([name, text]);
    }
    expect(rows.length).toBeGreaterThanOrEqual(4);
  });
});
