/** What the bench compares. */
export interface Contestant {
  readonly name: 'cancel-http' | 'cancel-superseded' | 'sdk-installed' | 'sdk-bundled' | 'floor';
  readonly title: string;
  /** A function has goals, and logs a line for each result. */
  readonly role: 'function' | 'client';
  /** The file that the program loads, in the folder of the artifacts. */
  readonly subject: string;
}

export type ContestantName = Contestant['name'];

/** The contestants, in the order of the columns. */
export const CONTESTANTS: readonly Contestant[] = [
  { name: 'cancel-http', title: '`cancel-http`', role: 'function', subject: 'dist/cancel-http/index.js' },
  {
    name: 'cancel-superseded',
    title: '`cancel-superseded`',
    role: 'function',
    subject: 'dist/cancel-superseded/index.js',
  },
  { name: 'sdk-installed', title: 'SDK as installed', role: 'client', subject: 'installed/sdk.js' },
  { name: 'sdk-bundled', title: 'SDK bundled, minified', role: 'client', subject: 'clients/sdk.js' },
  { name: 'floor', title: 'hand-signed floor', role: 'client', subject: 'clients/hand-signed.js' },
];
