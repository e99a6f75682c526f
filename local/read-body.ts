import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body.
 *
 * @param limit - the largest body taken, in bytes
 * @returns the body, or `undefined` if it is larger. A larger body is read to its end and dropped, so that the client
 * gets the answer and no broken connection
 * @throws Error if the client disconnects before the end
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
}
