const CLEAR_LINE = '\r\u001b[K';

/** Shows how far the bench is, on one line of stderr, where a person looks on. */
export interface Progress {
  /** One more run. @param what - that begins now */
  step(what: string): void;
  done(): void;
}

export function showProgress(out: NodeJS.WriteStream = process.stderr): Progress {
  const startedAt = performance.now();
  let runs = 0;
  const write = (text: string): void => {
    if (out.isTTY) out.write(text);
  };
  return {
    step(what) {
      runs += 1;
      write(`${CLEAR_LINE}${Math.round((performance.now() - startedAt) / 1_000)} s, run ${runs}: ${what}`);
    },
    done: () => write(CLEAR_LINE),
  };
}
