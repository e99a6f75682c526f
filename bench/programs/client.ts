import type { OpenClient } from '../clients/client.ts';
import { compete } from './compete.ts';

/** A client without a function: the SDK or the floor. */
void compete(async (subject, account) => {
  const { open } = require(subject) as { readonly open: OpenClient };
  return () => {
    const cancel = open(account);
    return {
      cancel: async (assetId) => {
        const status = await cancel(assetId);
        if (status !== 204) throw new Error(`VOD answered ${status} instead of 204`);
      },
    };
  };
});
