/**
 * Has `listener` read along what is written by `console.log`, the one sink of the functions' log lines. The lines go
 * where they went before, first and unchanged.
 *
 * @returns the way to stop that
 */
export function readAlong(listener: (line: string) => void): () => void {
  const write = console.log;
  const teed = (...parts: unknown[]): void => {
    write.apply(console, parts);
    if (typeof parts[0] === 'string') listener(parts[0]);
  };
  console.log = teed;
  return () => {
    // Whoever has put something of its own on top in the meantime keeps it.
    if (console.log === teed) console.log = write;
  };
}
