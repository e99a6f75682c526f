/**
 * Calls `listener` with each text that is written to `process.stdout`.
 *
 * @param isPassedOn - whether the text still goes to its old place, first and unchanged
 * @returns stops it
 */
export function captureStdout(listener: (text: string) => void, isPassedOn: boolean): () => void {
  const { stdout } = process;
  const { write } = stdout;
  const capture = (...args: unknown[]): boolean => {
    const accepted = !isPassedOn || Boolean(Reflect.apply(write, stdout, args));
    listener(String(args[0]));
    return accepted;
  };
  stdout.write = capture;
  return () => {
    // If other code has replaced it meanwhile, keep that.
    if (stdout.write === capture) stdout.write = write;
  };
}
