import type { Clock } from '../../local/clock.ts';
import type { Account } from '../../local/vod/authentication.ts';
import { ASSET_ID, PROJECT_ID } from '../helpers/contexts.ts';

export const ASSET = ASSET_ID;

export const ACCOUNT = {
  ak: 'AK-EXAMPLE',
  sk: 'SK-EXAMPLE',
  projectId: PROJECT_ID,
} as const satisfies Account;

/** A temporary key. */
export const TEMPORARY = {
  ak: 'AK-EXAMPLE-STS',
  sk: 'SK-EXAMPLE-STS',
  securityToken: 'STS-token+/=',
  projectId: ACCOUNT.projectId,
} as const satisfies Account;

/** A clock that stands still until it is told to go on. */
export class SetClock implements Clock {
  #now: number;

  constructor(now = Date.UTC(2026, 0, 2, 3, 4, 5)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}
