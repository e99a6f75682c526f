/** What the bench compares. */
export interface Candidate {
  readonly name: 'cancel-http' | 'cancel-superseded' | 'sdk-installed' | 'sdk-bundled' | 'floor';
  readonly title: string;
  /** A function has goals, and logs a line for each result. */
  readonly role: 'function' | 'client';
  /** The file that the program loads, in the folder of the artifacts. */
  readonly file: string;
}

export type CandidateName = Candidate['name'];

/** The candidates, in the order of the columns. */
export const CANDIDATES: readonly Candidate[] = [
  { name: 'cancel-http', title: '`cancel-http`', role: 'function', file: 'dist/cancel-http/index.js' },
  {
    name: 'cancel-superseded',
    title: '`cancel-superseded`',
    role: 'function',
    file: 'dist/cancel-superseded/index.js',
  },
  { name: 'sdk-installed', title: 'SDK as installed', role: 'client', file: 'installed/sdk.js' },
  { name: 'sdk-bundled', title: 'SDK bundled, minified', role: 'client', file: 'clients/sdk.js' },
  { name: 'floor', title: 'hand-signed floor', role: 'client', file: 'clients/hand-signed.js' },
];
