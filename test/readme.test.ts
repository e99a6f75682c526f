import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../lib/cancel/outcome.ts';
import { CancelResultSchema } from '../lib/cancel/result-schema.ts';
import { readSettings } from '../lib/config/settings.ts';
import packageJson from '../package.json' with { type: 'json' };

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** Rows of the tables whose first cell is code: name and the next cell. */
const rows = [...readme.matchAll(/^\| `([^|]+)` \| ([^|]+) \|/gm)].map(
  ([, name = '', cell = '']) => [name, cell.trim()] as const,
);

describe('what the README says', () => {
  it('shows the two commands', () => {
    expect(readme).toContain('npm ci && npm start');
    expect(readme).toContain('npm ci && npm test');
  });

  it('names only commands that package.json has', () => {
    const commands = [...readme.matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)].map(([, name]) => name ?? '');
    const known = new Set([...Object.keys(packageJson.scripts), 'ci']);
    expect(commands.filter((name) => !known.has(name))).toEqual([]);
  });

  it('shows a result that is one', () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(v.safeParse(CancelResultSchema, JSON.parse(json)).issues).toBeUndefined();
  });

  it('tells every outcome', () => {
    const told = rows.map(([name]) => name).filter((name) => (OUTCOMES as readonly string[]).includes(name));
    expect(new Set(told)).toEqual(new Set(OUTCOMES));
  });

  it('has the defaults of the code', () => {
    const defaults = readSettings([(name) => (name === 'VOD_REGION' ? 'cn-north-4' : undefined)]);
    for (const [name, cell] of rows) {
      if (!(name in defaults)) continue;
      const value = defaults[name as keyof typeof defaults];
      const text = value instanceof RegExp ? value.source : String(value);
      expect([name, cell.replaceAll('`', '')]).toEqual([name, text]);
    }
    expect(rows.filter(([name]) => name in defaults).length).toBeGreaterThanOrEqual(4);
  });
});
