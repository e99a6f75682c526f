import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { HttpAnswer } from '../gateway/problem.ts';

const FILE = new URL('console.html', import.meta.url);

/** The hash source of the one inline element of a kind (CSP Level 3 §2.3.1). */
function hashOf(html: string, element: 'script' | 'style'): string {
  const [, text] = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(html) ?? [];
  if (text === undefined) throw new Error(`the page has no <${element}>`);
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The page may run its own script and talk to its own origin. Trusted Types forbid it to write HTML. */
const policyOf = (html: string): string =>
  [
    `default-src 'none'`,
    `script-src ${hashOf(html, 'script')}`,
    `style-src ${hashOf(html, 'style')}`,
    `connect-src 'self'`,
    // The empty icon, which keeps the browser from asking for one.
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');

/** Reads the page anew, so that a change of it needs nothing but a reload. */
export function pageAnswer(): HttpAnswer {
  const html = readFileSync(FILE, 'utf8');
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyOf(html),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
    body: html,
  };
}
