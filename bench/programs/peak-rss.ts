import { readFileSync } from 'node:fs';

/**
 * Returns the highest memory use of the process so far, in kB.
 *
 * On Linux `maxRSS` starts at the parent's memory at the fork, which is more than the contestants need. `VmHWM` starts
 * with the program itself (proc(5), getrusage(2)).
 */
export function peakRssKb(): number {
  return highWaterMark() ?? process.resourceUsage().maxRSS;
}

function highWaterMark(): number | undefined {
  try {
    const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return kb === undefined ? undefined : Number(kb);
  } catch {
    return undefined;
  }
}
