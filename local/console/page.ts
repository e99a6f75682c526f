import { readFileSync } from 'node:fs';
import type { HttpAnswer } from '../gateway/problem.ts';

/** The page's files, by the path that serves them. */
export const PAGE_FILES: Readonly<Record<string, string>> = {
  '/': 'index.html',
  ...Object.fromEntries(
    [
      'style.css',
      'main.js',
      'assets.js',
      'elements.js',
      'forms.js',
      'invocations.js',
      'requests.js',
      'words.js',
      'words-en.js',
      'words-zh.js',
    ].map((file) => [`/console/page/${file}`, file]),
  ),
};

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** The page may only load its own files and call its own origin. Trusted Types forbid it to write HTML. */
const POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `connect-src 'self'`,
  // The empty icon: without it the browser asks for one.
  `img-src data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types 'none'`,
].join('; ');

/** Returns a file of the page. It is read each time, so that a change only needs a reload. */
export function pageAnswer(file: string): HttpAnswer {
  const type = TYPES[file.slice(file.lastIndexOf('.') + 1)];
  if (type === undefined) throw new Error(`${file} has no content type`);
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
    body: readFileSync(new URL(`page/${file}`, import.meta.url), 'utf8'),
  };
}
