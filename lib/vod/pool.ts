import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

/** A connection that was idle for longer is not used again: servers close idle connections after a few seconds. */
const MAX_IDLE_MS = 4_000;

/**
 * If a name has several addresses, Node gives each one except the last only 250 ms to connect. A distant region needs
 * longer. No attempt is longer than this value, so its own timeout is the only limit.
 */
const AGENT_OPTIONS = { keepAlive: true, autoSelectFamilyAttemptTimeout: 60_000 } as const;

/** The connections to one origin. */
export interface Pool {
  readonly agent: HttpAgent;
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: string;
}

/** Keep-alive pools by origin, shared by all keys: a connection carries no credentials, each request its own. */
const pools = new Map<string, Pool>();

const idleSince = new WeakMap<Socket, number>();

/** Returns the pool of an origin. The first call for an origin makes it. */
export function poolFor(origin: string): Pool {
  const known = pools.get(origin);
  if (known) return known;
  const { protocol, hostname, port } = new URL(origin);
  const secure = protocol === 'https:';
  const agent = secure ? verifyingAgent() : new HttpAgent(AGENT_OPTIONS);
  agent.on('free', (socket: Socket) => idleSince.set(socket, Date.now()));
  // A URL has an IPv6 address in brackets. `hostname` must not have them.
  const pool = { agent, secure, hostname: hostname.replace(/^\[|\]$/g, ''), port };
  pools.set(origin, pool);
  return pool;
}

/**
 * Makes an agent that verifies every certificate. `NODE_TLS_REJECT_UNAUTHORIZED` changes only Node's default. Node
 * prints a warning about it at every start. The line is not JSON, and it is wrong here, so the variable is removed.
 */
function verifyingAgent(): HttpsAgent {
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  return new HttpsAgent({ ...AGENT_OPTIONS, rejectUnauthorized: true });
}

/**
 * Closes the idle connections that must not be used again: too old, or ended by the other side. The other side may have
 * ended them while the host had this process frozen. Node learns that from the event loop, so the loop runs first.
 */
export async function dropStale({ agent }: Pool): Promise<void> {
  if (Object.keys(agent.freeSockets).length === 0) return;
  await twoTurnsOfLoop();
  const now = Date.now();
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) if (isStale(socket, now)) socket.destroy();
  }
}

/** Calls that begin in the same turn wait together. */
let turning: Promise<void> | undefined;

/** One turn ends the current poll for events, which may have started before the end arrived. The next poll sees it. */
function twoTurnsOfLoop(): Promise<void> {
  turning ??= new Promise((resolve) => {
    setImmediate(() => {
      turning = undefined;
      setImmediate(resolve);
    });
  });
  return turning;
}

/**
 * Uses the wall clock, because it also runs while the process is frozen. A clock that was set back makes a connection
 * stale. A socket whose other side has ended can still be `writable`, so `writable` says nothing.
 */
function isStale(socket: Socket, now: number): boolean {
  const idleMs = now - (idleSince.get(socket) ?? 0);
  return socket.readableEnded || idleMs > MAX_IDLE_MS || idleMs < 0;
}
