import { request as send } from 'node:http';
import { FAULTS, type FaultName } from '../helpers/faults.ts';
import { startVod } from '../helpers/vod.ts';
import { type Call, cancelPath, listPath, type Reply, sign, signedRequest } from '../local/client.ts';
import { ACCOUNT, ASSET } from '../local/samples.ts';

export const CANCEL: Call = { method: 'DELETE', path: cancelPath(ACCOUNT.projectId, ASSET) };
export const LIST: Call = { method: 'GET', path: listPath(ACCOUNT.projectId, ASSET) };

/** Starts a stand-in for a test file, and a plain client of it that shows what a fault does on the wire. */
export async function startFaultyVod() {
  const vod = await startVod({ accounts: [ACCOUNT] });
  const call = (what: Call): Promise<Reply> => signedRequest(vod.origin, ACCOUNT, what);
  const cancelUnder = (fault: FaultName): Promise<Reply> => {
    vod.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    vod.inject(FAULTS[fault]);
    return call(CANCEL);
  };
  const status = () => vod.assets.get(ASSET)?.transcodeStatus;
  return { vod, call, cancelUnder, status, watch: (what: Call, until: Until) => watch(vod.origin, what, until) };
}

type Until = (body: string, headArrived: boolean) => boolean;

/** Returns what a client sees of an answer that does not end: everything that has arrived when `until` is true. */
function watch(origin: string, what: Call, until: Until): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = sign(ACCOUNT, new URL(origin).host, what);
    let body = '';
    const outgoing = send(`${origin}${what.path}`, { method: what.method, headers, agent: false }, (incoming) => {
      const look = () => {
        if (!until(body, true)) return;
        resolve(body);
        outgoing.destroy();
      };
      incoming.on('data', (chunk: Buffer) => {
        body += chunk.toString();
        look();
      });
      incoming.on('end', () => reject(new Error('the answer ended')));
      incoming.on('error', () => undefined);
      look();
    });
    outgoing.on('error', () => undefined);
    outgoing.end();
  });
}
