import { compete } from './compete.ts';
import { contextFor, loadFunction, nextRequestId } from './host.ts';

/** An event as Huawei's EventGrid passes it: CloudEvents 1.0 as JSON. */
function eventFor(assetId: string, id: string): object {
  return {
    specversion: '1.0',
    type: 'vod.upload.superseded',
    source: '/uploads',
    id,
    time: '2026-01-02T03:04:05Z',
    datacontenttype: 'application/json',
    data: { asset_id: assetId },
  };
}

interface Reply {
  readonly summary?: Readonly<Record<string, number>>;
}

/** The function for events, with its log line. */
void compete(async (subject, account) => {
  const handler = await loadFunction(subject, account);
  const invoke = async (assetId: string): Promise<Reply> => {
    const requestId = nextRequestId();
    return (await handler(eventFor(assetId, requestId), contextFor(account, requestId))) as Reply;
  };
  return () => ({
    cancel: async (assetId) => {
      const { summary } = await invoke(assetId);
      if (summary?.['cancelled'] !== 1) throw new Error('cancel-superseded did not cancel');
    },
    // A failed cancel throws, so that the platform keeps the event.
    refuse: async () => {
      const thrown = await invoke('not-an-asset-id').then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(thrown instanceof Error) || thrown.name !== 'CancelIncompleteError') {
        throw new Error('cancel-superseded took an id that is none', { cause: thrown });
      }
    },
  });
});
