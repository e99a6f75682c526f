const BEAT_MS = 20;

/**
 * Measures by how much this process was late in the worst case, which nothing that runs in it can be blamed for: a busy
 * machine can keep a process from running for longer than a function keeps in reserve.
 *
 * @returns the way to stop it, which tells for how long the process stood still, in milliseconds
 */
export function startHeartbeat(): () => number {
  let worst = 0;
  let last = performance.now();
  const beat = (): void => {
    const now = performance.now();
    worst = Math.max(worst, now - last - BEAT_MS);
    last = now;
  };
  const timer = setInterval(beat, BEAT_MS);
  return () => {
    clearInterval(timer);
    beat();
    return worst;
  };
}
