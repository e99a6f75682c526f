import { readFileSync } from 'node:fs';

/**
 * The most memory the process has had so far, in kB.
 *
 * On Linux `maxRSS` of a program begins at what its parent had when it was forked, here more than the contestants ever
 * need. `VmHWM` begins with the program itself (proc(5), getrusage(2)).
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
