import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..');

const PAGES = ['.', 'docs'].flatMap((folder) =>
  readdirSync(join(PROJECT, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
);

/** Files and folders of the project, as the pages write them. */
const PATH = /`((?:functions|lib|local|scripts|bench|test|docs|plugins|deploy|\.ci|\.github)\/[\w./-]*)`/g;

const LINK = /\]\((?!https?:|#)([^)#]+)[^)]*\)/g;

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(join(PROJECT, page), 'utf8');

  it('names only what is there', () => {
    const named = [...text.matchAll(PATH)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
  });

  it('has no dead links', () => {
    const links = [...text.matchAll(LINK)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(PROJECT, dirname(page), link)))).toEqual([]);
  });
});
