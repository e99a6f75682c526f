export const DEFAULT_PORT = 8080;

/**
 * Reads the port of the gateway from its setting.
 *
 * @param text - undefined or empty means "not set"
 * @throws Error if it is no port number
 */
export function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Error('PORT must be a whole number from 0 to 65535.');
  return port;
}
