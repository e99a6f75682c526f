import { createInterface } from 'node:readline';
import type { Io } from '../scripts/command.ts';

/**
 * Asks a person before something is sent to the real VOD.
 *
 * @param question - ends with a question mark
 * @throws Error if the answer is not yes, or if stdin is not a terminal, so that no user can answer
 */
export async function confirm(question: string, { stdin, stderr }: Io): Promise<void> {
  if (stdin.isTTY !== true) {
    throw new Error('nothing was sent: stdin is not a terminal, so the command cannot ask. Use --yes to send it.');
  }
  stderr.write(`${question} [y/N] `);
  for await (const line of createInterface({ input: stdin })) {
    if (/^y(?:es)?$/i.test(line.trim())) return;
    break;
  }
  throw new Error('nothing was sent.');
}
