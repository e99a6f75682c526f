import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, vi } from 'vitest';

/** After so many turns of the event loop without traffic, nothing is on its way over loopback. */
const QUIET_TURNS = 3;

/** Timers due within this time fire together, in milliseconds. */
const TOGETHER_MS = 10;

const sleep = setTimeout;
const afterPoll = setImmediate;

const sockets = new Set<Socket>();
let gone = 0;

for (const channel of ['net.client.socket', 'net.server.socket']) {
  subscribe(channel, (message) => {
    const { socket } = message as { readonly socket: Socket };
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      gone += traffic(socket);
    });
  });
}

/** Grows with whatever happens on a socket. */
const traffic = ({ bytesRead, bytesWritten, connecting }: Socket): number =>
  1 + bytesRead + bytesWritten + (connecting ? 0 : 1);

/** Another number after anything has happened on any socket of this process. */
const allTraffic = (): number => [...sockets].reduce((sum, socket) => sum + traffic(socket), gone);

const isConnecting = (): boolean => [...sockets].some((socket) => socket.connecting);

/**
 * Moves the clock to the next timer only when the function and VOD both wait. So an attempt times out only if VOD does not
 * answer, on a busy machine too. It holds for this process alone: `Date`, `performance`, `process.hrtime` and the global
 * timers.
 *
 * @returns stops it; from then on time is the system's again
 */
function startVirtualTime(): () => Promise<void> {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'hrtime', 'performance'],
  });
  let stopped = false;
  const untilQuiet = async (): Promise<void> => {
    for (let quiet = 0; quiet < QUIET_TURNS && !stopped; quiet += 1) {
      const before = allTraffic();
      await new Promise((resolve) => sleep(resolve, 1));
      // The event loop looks at the sockets before an immediate. Between two timers that are late, it does not.
      await new Promise((resolve) => afterPoll(resolve));
      if (allTraffic() !== before || isConnecting()) quiet = -1;
    }
  };
  const pass = async (): Promise<void> => {
    while (!stopped) {
      await untilQuiet();
      if (!stopped && vi.getTimerCount() > 0) vi.advanceTimersToNextTimer().advanceTimersByTime(TOGETHER_MS);
    }
  };
  const passing = pass();
  return async () => {
    stopped = true;
    await passing;
    vi.useRealTimers();
  };
}

/** Has time pass like that while `run` runs. */
export async function inVirtualTime<T>(run: () => Promise<T>): Promise<T> {
  const stop = startVirtualTime();
  try {
    return await run();
  } finally {
    await stop();
  }
}

/** {@link startVirtualTime} for each test of a file or of a `describe`. */
export function useVirtualTime(): void {
  let stop: () => Promise<void>;
  beforeEach(() => {
    stop = startVirtualTime();
  });
  afterEach(() => stop());
}
