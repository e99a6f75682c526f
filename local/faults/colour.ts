/** Paints text for a terminal. */
export type Paint = (colour: 'red' | 'green' | 'dim' | 'bold', text: string) => string;

const CODES = { red: 31, green: 32, dim: 2, bold: 1 } as const;

/** Colour only where a person sees it and has not asked for none (https://no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const coloured = stream.isTTY === true && (env['NO_COLOR'] ?? '') === '';
  return (colour, text) => (coloured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text);
}
