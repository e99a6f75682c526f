import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body.
 *
 * @param limit - the largest body taken, in bytes
 * @returns the body, or `undefined` when it is larger; what follows then is read and thrown away, so that the
 * client gets to see the answer instead of a broken connection
 * @throws when the client goes away in mid-body
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  // A destroyed request emits nothing any more, and the promise below would never settle.
  if (request.destroyed) throw new Error('the client went away');
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}
