/**
 * JavaScript of a function `peakRss` for programs of tests: the most memory the process has had so far, in bytes. On Linux
 * `maxRSS` begins at what the parent had when it forked; `VmHWM` begins with the program itself (proc(5), getrusage(2)).
 */
export const PEAK_RSS = `
function peakRss() {
  try {
    return Number(/^VmHWM:\\s+(\\d+) kB$/m.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
`;
