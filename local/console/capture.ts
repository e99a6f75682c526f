/**
 * Lets `listener` read what is written to `process.stdout`, where the functions write their log lines. The lines still go
 * where they went before, first and unchanged.
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
    // If someone else has replaced it in the meantime, theirs stays.
    if (stdout.write === teed) stdout.write = write;
  };
}
