import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body.
 *
 * @param limit - the largest body taken, in bytes
 * @returns the body, or `undefined` if it is larger. The rest of a larger body is read and dropped, so that the
 * client gets the answer and no broken connection
 * @throws Error if the client disconnects before the end
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  // A destroyed request emits no event, so the promise below would never settle.
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
