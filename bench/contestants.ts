/** What a contestant is to the goals: ours are measured against the SDK and the floor. */
export type Role = 'function' | 'sdk' | 'floor';

/** One of those that are measured, built and ready to run. */
export interface Contestant {
  readonly name: ContestantName;
  readonly title: string;
  readonly role: Role;
  /** The program that runs it. */
  readonly program: string;
  /** The file that the program loads. */
  readonly subject: string;
}

/** In the order of the columns. */
export const CONTESTANTS = {
  'cancel-http': { title: '`cancel-http`', role: 'function' },
  'cancel-superseded': { title: '`cancel-superseded`', role: 'function' },
  'sdk-installed': { title: 'SDK as installed', role: 'sdk' },
  'sdk-bundled': { title: 'SDK bundled, minified', role: 'sdk' },
  floor: { title: 'hand-signed floor', role: 'floor' },
} as const satisfies Record<string, { readonly title: string; readonly role: Role }>;

export type ContestantName = keyof typeof CONTESTANTS;
