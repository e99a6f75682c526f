import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { HttpAnswer } from '../gateway/problem.ts';

const FOLDER = new URL('page/', import.meta.url);

const INDEX = 'index.html';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};

/** The page may load its own files and talk to its own origin. Trusted Types forbid it to write HTML. */
const POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `connect-src 'self'`,
  // The empty icon, which keeps the browser from asking for one.
  `img-src data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types 'none'`,
].join('; ');

/** Paths of the files, by path of the request. No other file can be asked for. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['/', INDEX],
  ...readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => extname(file) in TYPES && file !== INDEX)
    .map((file) => [`/page/${file}`, file] as const),
]);

/**
 * Answers with a file of the page. It is read anew each time, so that a change needs nothing but a reload.
 *
 * @returns undefined if the page has no file at this path
 */
export function pageAnswer(path: string): HttpAnswer | undefined {
  const file = FILES.get(path);
  if (file === undefined) return undefined;
  return {
    status: 200,
    headers: {
      'content-type': TYPES[extname(file)] ?? '',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
    body: readFileSync(new URL(file, FOLDER), 'utf8'),
  };
}
