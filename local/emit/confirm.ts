import { createInterface } from 'node:readline';
import type { Input, Output } from '../../scripts/command.ts';

/**
 * Asks a person a question.
 *
 * @returns whether the answer is yes; an empty answer and the end of the input are no
 */
export async function confirm(question: string, input: Input, output: Output): Promise<boolean> {
  output.write(`${question} [y/N] `);
  // Without `terminal: false` readline would take Ctrl-C for itself.
  for await (const line of createInterface({ input, terminal: false })) return /^y(?:es)?$/i.test(line.trim());
  return false;
}
