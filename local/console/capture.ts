/**
 * Calls `listener` with each line that the functions write to `process.stdout`. The lines still go to their old place,
 * first and unchanged.
 *
 * @returns stops it
 */
export function readAlong(listener: (line: string) => void): () => void {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  const teed = (...args: unknown[]): boolean => {
    const accepted = Boolean(Reflect.apply(write, undefined, args));
    if (typeof args[0] === 'string') listener(args[0]);
    return accepted;
  };
  stdout.write = teed;
  return () => {
    // If other code has replaced it meanwhile, keep that.
    if (stdout.write === teed) stdout.write = write;
  };
}
