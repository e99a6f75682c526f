import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../scripts/functions.ts';
import { bundlePath } from '../helpers/bundle.ts';

/** What a cold start pays for: an instance is created from these bytes. */
const MAX_BYTES = 100_000;
const MAX_GZIPPED = 28_000;

/** The modules of Node a cancel needs; each one more is loaded at every cold start. */
const MODULES = ['buffer', 'crypto', 'http', 'https', 'timers'];

describe.each(FUNCTIONS)('the budget of %s', (name) => {
  const source = readFileSync(bundlePath(name));

  it('in bytes', () => {
    expect(source.length).toBeLessThanOrEqual(MAX_BYTES);
    expect(gzipSync(source, { level: 9 }).length).toBeLessThanOrEqual(MAX_GZIPPED);
  });

  it('in modules loaded from outside', () => {
    const modules = [...source.toString().matchAll(/\brequire\("([^"]+)"\)/g)].map(([, module = '']) => module);
    expect(modules.filter((module) => !isBuiltin(module))).toEqual([]);
    expect([...new Set(modules.map((module) => module.replace(/^node:/, '')))].sort()).toEqual(MODULES);
  });
});
