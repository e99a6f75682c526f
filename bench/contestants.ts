/** The role of a contestant: functions are compared with the SDK and the floor. */
export type Role = 'function' | 'sdk' | 'floor';

/** A built contestant. */
export interface Contestant {
  readonly name: ContestantName;
  readonly title: string;
  readonly role: Role;
  /** The program that runs it. */
  readonly program: string;
  /** The file that the program loads. */
  readonly subject: string;
}

/** The contestants, in the order of the columns. */
export const CONTESTANTS = {
  'cancel-http': { title: '`cancel-http`', role: 'function' },
  'cancel-superseded': { title: '`cancel-superseded`', role: 'function' },
  'sdk-installed': { title: 'SDK as installed', role: 'sdk' },
  'sdk-bundled': { title: 'SDK bundled, minified', role: 'sdk' },
  floor: { title: 'hand-signed floor', role: 'floor' },
} as const satisfies Record<string, { readonly title: string; readonly role: Role }>;

export type ContestantName = keyof typeof CONTESTANTS;
