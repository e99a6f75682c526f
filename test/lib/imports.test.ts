import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT = resolve(import.meta.dirname, '../..');

/**
 * What each folder may import, besides itself. A folder comes after all folders that it may import, so there is no circle.
 * docs/architecture.md has the same as a drawing.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  json: [],
  base64: [],
  time: [],
  host: ['time'],
  limits: ['time'],
  cancel: ['limits', 'time'],
  log: ['cancel', 'host', 'time'],
  vod: ['cancel', 'json', 'time'],
  http: ['cancel', 'json', 'base64'],
  events: ['cancel', 'log', 'json', 'base64', 'time'],
  config: ['vod', 'cancel', 'log', 'host', 'json'],
  'open-cancel': ['config', 'vod', 'cancel', 'limits', 'host'],
  prepare: ['config', 'log', 'host'],
  initialise: ['config', 'vod', 'host'],
  functions: ['prepare', 'open-cancel', 'initialise', 'http', 'events', 'config', 'log', 'cancel', 'limits', 'host'],
};

/** `lib/cancel/batch.ts` belongs to `cancel`; `lib/json.ts` counts as a folder. */
function folderOf(file: string): string {
  const [top, folder = ''] = file.split('/');
  return top === 'lib' ? folder.replace(/\.ts$/, '') : String(top);
}

const FILES = ['lib', 'functions'].flatMap((folder) =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);

/** The project's own files that each file imports, types included. */
const IMPORTS: ReadonlyMap<string, readonly string[]> = new Map(
  FILES.map((file) => {
    const source = readFileSync(join(PROJECT, file), 'utf8');
    const specifiers = [...source.matchAll(/(?:from|import) '(\.[^']+)'/g)].map(([, specifier = '']) => specifier);
    return [file, specifiers.map((specifier) => relative(PROJECT, resolve(PROJECT, dirname(file), specifier)))];
  }),
);

/** Finds a circle of files, first and last the same, that a walk from this file runs into. */
function circleFrom(file: string, path: readonly string[], done: Set<string>): readonly string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (done.has(file)) return undefined;
  for (const next of IMPORTS.get(file) ?? []) {
    const circle = circleFrom(next, [...path, file], done);
    if (circle !== undefined) return circle;
  }
  done.add(file);
  return undefined;
}

describe('the folders of lib', () => {
  it('are all in the table, each below the folders that it may import', () => {
    const folders = Object.keys(MAY_IMPORT);
    expect(new Set([...IMPORTS.keys()].map(folderOf))).toEqual(new Set(folders));
    for (const [index, [folder, allowed]] of Object.entries(MAY_IMPORT).entries()) {
      expect(folders.slice(0, index), folder).toEqual(expect.arrayContaining([...allowed]));
    }
  });

  it.each(Object.entries(MAY_IMPORT))('%s imports what the table names, and nothing else', (folder, allowed) => {
    const imported = [...IMPORTS]
      .filter(([file]) => folderOf(file) === folder)
      .flatMap(([, files]) => files.map(folderOf));
    expect(new Set(imported.filter((other) => other !== folder))).toEqual(new Set(allowed));
  });

  it('have no circle of files', () => {
    const done = new Set<string>();
    const circles = [...IMPORTS.keys()].flatMap((file) => circleFrom(file, [], done) ?? []);
    expect(circles).toEqual([]);
  });
});
