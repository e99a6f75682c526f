import { send } from '../../helpers/faults.ts';
import type { InjectedFault } from './row.ts';

interface UnreadableStatus {
  readonly about: string;
  readonly fault: InjectedFault;
}

/** Every way in which a status read can give no status. */
export const UNREADABLE: readonly UnreadableStatus[] = [
  { about: 'forbidden', fault: { fault: 'list-forbidden' } },
  { about: 'slow', fault: { fault: 'list-slow' } },
  { about: 'empty list', fault: { fault: 'list-empty' } },
  { about: 'other asset', fault: { fault: 'list-other-asset' } },
  { about: 'unknown status', fault: { fault: 'list-unknown-status' } },
  { about: 'reset', fault: { fault: 'reset-before-read', on: 'list' } },
  { about: 'refused key', fault: { fault: 'unauthorized-echo', on: 'list' } },
  { about: '503', fault: { fault: 'error-503', on: 'list' } },
  { about: 'no list', fault: { fault: send({ status: 200, body: { assets: null } }), on: 'list' } },
];
