import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

/**
 * Feeds every pattern of `lib` with 100 KB of its own letters, and prints how many patterns there are. It measures this
 * process's own time, so it runs in a process of its own, whose argument says how many texts each pattern meets.
 */

const RUNS = Number(process.argv[2]);

const LENGTH = 100_000;

/** A pattern that never has two ways to go on takes about a millisecond; a quadratic one takes many seconds. */
const CPU_MS = 200;

/** A regular expression as the formatter leaves it: after a sign or at the beginning of a line. */
const LITERAL =
  /(?<=[=(,:[]\s|\(|^\s+)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[])+)\/([dgimsuvy]*)(?=[.,;)\s])/gm;

const FOLDER = new URL('../../lib/', import.meta.url);

const patterns = readdir()
  .flatMap((file) => [
    ...readFileSync(new URL(file, FOLDER), 'utf8')
      .replace(/^\s*(?:\/?\*|\/\/).*$/gm, '')
      .matchAll(LITERAL),
  ])
  .map(([, source = '', flags]) => new RegExp(source, flags));

function readdir(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
}

/** Letters that the pattern names, and some of each class that it may mean. */
const lettersOf = ({ source }: RegExp): string[] => [...new Set(`${source} \t\r\n019azAZ-_=+/.:"\\[{%\0é`.split(''))];

/** Texts that match, or nearly: look-ahead is left out of what they are made from. */
const nearly = ({ source, flags }: RegExp): fc.Arbitrary<string> =>
  fc.oneof(
    fc.stringMatching(new RegExp(source.replace(/\(\?[!=][^)]*\)/g, ''), flags.replace(/[gi]/g, ''))),
    fc.constant(''),
  );

function timeOf(pattern: RegExp, text: string): number {
  const before = process.cpuUsage();
  text.replace(new RegExp(pattern.source, pattern.flags), '');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Texts that have very much of one letter at their beginning, somewhere and at their end, and then may not match. */
function* pumped(pattern: RegExp, text: string, part: number): Iterable<string> {
  const places = new Set([0, Math.round(text.length * part), text.length]);
  for (const letter of lettersOf(pattern)) {
    for (const place of places) {
      for (const end of ['\n', '!']) yield `${text.slice(0, place)}${letter.repeat(LENGTH)}${text.slice(place)}${end}`;
    }
  }
}

for (const pattern of patterns) {
  fc.assert(
    fc.property(nearly(pattern), fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
      for (const long of pumped(pattern, text, part)) {
        if (timeOf(pattern, long) >= CPU_MS) throw new Error(`${pattern} takes ${CPU_MS} ms and more`);
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}
process.stdout.write(`${patterns.length}\n`);
