import { expect } from 'vitest';
import { KEY } from '../helpers/contexts.ts';

/** No warning of Node's, such as DEP0169 of the SDK's signer on Node 24, and no secret. */
export function expectClean(printed: string): void {
  expect(printed).not.toMatch(/\bDEP\d{4}\b|Warning:/);
  for (const secret of [KEY.sk, 'SDK-HMAC-SHA256', 'Signature=']) expect(printed).not.toContain(secret);
}

/** The lines that the function wrote, each JSON from its first byte to its last, among those of the host. */
export function logLines(printed: string): Record<string, unknown>[] {
  return printed
    .split('\n')
    .filter((line) => line.startsWith('{"level":'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
