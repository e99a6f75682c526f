import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { OpenClient } from '../protocol.ts';

const EMPTY_BODY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** `20260102T030405Z` */
const sdkDate = (): string => new Date().toISOString().replace(/[-:]|\.\d+/g, '');

/**
 * The floor: the least code that cancels, written by hand for a server without faults. It signs and keeps connections.
 * It has no check of the input, no timeout, no retry, no reading of errors, no result and no log line.
 */
export const open: OpenClient = ({ endpoint, ak, sk, projectId }) => {
  const { protocol, host, hostname, port } = new URL(endpoint);
  // A deployed client loads `node:https`, because VOD needs TLS. The stand-in does not.
  const { request, Agent } = protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true });
  const path = `/v1.0/${projectId}/asset/process`;
  return (assetId) => {
    const date = sdkDate();
    const query = `asset_id=${assetId}`;
    const signedHeaders = 'content-type;host;x-project-id;x-sdk-date';
    const headers = `content-type:application/json\nhost:${host}\nx-project-id:${projectId}\nx-sdk-date:${date}\n`;
    const canonical = `DELETE\n${path}/\n${query}\n${headers}\n${signedHeaders}\n${EMPTY_BODY_SHA256}`;
    const toSign = `SDK-HMAC-SHA256\n${date}\n${createHash('sha256').update(canonical).digest('hex')}`;
    const signature = createHmac('sha256', sk).update(toSign).digest('hex');
    return new Promise((resolve, reject) => {
      const outgoing = request({
        method: 'DELETE',
        hostname,
        port,
        path: `${path}?${query}`,
        agent,
        headers: {
          'content-type': 'application/json',
          host,
          'x-project-id': projectId,
          'x-sdk-date': date,
          authorization: `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
        },
      });
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        incoming.resume();
        incoming.on('end', () => resolve(incoming.statusCode));
      });
      outgoing.end();
    });
  };
};
