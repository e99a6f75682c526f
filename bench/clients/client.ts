import type { Account } from '../protocol.ts';

/** Opens a client. The result cancels one asset and returns VOD's status. */
export type OpenClient = (account: Account) => (assetId: string) => Promise<number | undefined>;
