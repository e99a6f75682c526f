import type { Account } from '../protocol.ts';

/** Opens a client once; what it returns cancels one asset and gives the status VOD answered with. */
export type OpenClient = (account: Account) => (assetId: string) => Promise<number | undefined>;
