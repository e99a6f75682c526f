import type { Circumstances } from './machine.ts';
import type { BenchOptions } from './options.ts';
import { PAUSE_MS } from './protocol.ts';
import { format, plain, type Table, toMarkdown, toText } from './table.ts';
import type { Tables } from './tables.ts';

/** A table under a heading. */
export interface Section {
  readonly heading: string;
  readonly table: Table;
}

/** All that goes onto the page and, its tables alone, into the terminal. */
export interface Report {
  readonly circumstances: Circumstances;
  readonly options: BenchOptions;
  readonly tables: Tables;
  readonly profiles: readonly Section[];
}

/** For a terminal. The goals come last, where they are seen. */
export function toTerminal({ tables: { goals, figures, ratios }, profiles }: Report): string {
  const sections: readonly Section[] = [
    ...profiles,
    { heading: 'Figures', table: figures },
    { heading: 'Ratios', table: ratios },
    { heading: 'Goals', table: goals },
  ];
  return sections.map(({ heading, table }) => `\n${plain(heading)}\n\n${toText(table)}\n`).join('');
}

/** `docs/performance.md`. */
export function toPage({ circumstances, options, tables, profiles }: Report): string {
  const { coldRuns, warmRuns, warm } = options;
  const { goals, figures, ratios } = tables;
  const count = (calls: number): string => format(calls, 0);
  return `# Performance

Written by \`npm run bench\`, which repeats all of it: every figure and every verdict on this page comes from one run of
that command, and none is typed by hand.

${toMarkdown({ head: ['', 'this run'], rows: circumstances }).replaceAll('---:', '---')}

## Goals

The project's own, and meant to be hard: the floor has no check, no timeout, no result and no log line. Where the time of
what is missed goes is told by the profiles below, and why in [decisions.md](decisions.md#goals-that-are-missed).

${toMarkdown(goals)}

## Figures

${toMarkdown(figures)}

${toMarkdown(ratios)}

## How they are taken

- Every contestant is a program of its own, run by plain \`node\` in a process of its own, by turns: each round runs all of
  them, and begins with another one. There are ${coldRuns} cold rounds and ${warmRuns} warm ones. A figure is the median of its rounds; a ratio
  is the median of the ratios within a round, so that a machine that is slower for a while changes little.
- VOD is the stand-in of \`local/\`, a server on loopback in a process of its own that verifies every signature. Each run has
  a new one in which every asset is cancelled once, and fails unless the stand-in has seen one 204 for each call that
  reaches the network and nothing else.
- The functions are the bundles that \`npm run build\` makes, untouched. They get a FunctionGraph context and an APIG
  request, or a CloudEvent as EventGrid delivers it. Settings are the defaults but for the endpoint, the key and the pace
  (\`VOD_CALLS_PER_MINUTE\` at its documented maximum), \`LOG_LEVEL\` among them: a run fails that did not log
  exactly one line for each.
- The SDK is used as its README says, with one client for all calls: once from \`node_modules\` as installed, once bundled
  and minified by esbuild.
- The floor is the least code that cancels: \`node:https\`, a keep-alive agent, the signature, nothing else. No check, no
  timeout, no retry, no reading of an error, no result, no log line. It is written as one would: its date is made by
  \`toISOString\`, for one, whose first call takes a millisecond that the functions save.
- What any of them prints goes to a pipe that is drained.
- **Cold** counts from the first line of the program, before the contestant is loaded, to the first result. Node's own
  boot is not in it. *Load* is \`require\`, and the \`initializer\` where a bundle has one; the *first call* has the rest.
- **Warm** comes after ${count(warm.warmUp)} calls: ${count(warm.sequential)} one after the other, ${count(warm.paused)} with a pause of ${PAUSE_MS} ms before each, then ${count(warm.concurrent)}
  with 10 and ${count(warm.concurrent)} with 50 in flight.
- **After a pause** is a call like a host's that is called now and then: client and stand-in have come to rest, as they
  have not between calls back to back. The pause itself is not counted.
- **CPU** is user and system time of the contestant's process. The stand-in's own is given because it is the ceiling of
  every throughput: where it is busy all the time, faster clients look alike.
- **Handler overhead without network** is taken in two ways, and both must meet the goal: a request with a malformed id
  takes the pipeline, the log line and the response; a cancel for which Node's own \`request\` is replaced by one that
  answers 204 at once takes the signature and the client as well. The bundle is the same in both. What a warm call takes
  longer than the floor's has the waits for the other processor in it as well: the difference of the two rows.
- **Peak RSS** is the process's high-water mark, Node included.

## Where the time goes

CPU profiles (\`--cpu-prof\`), added up by the innermost function of the contestant on the stack and what it called of
Node's. The functions are built without minification for this, so that they have names, and are longer to load by
that. Sampling makes everything slower: shares are to be looked at here, not times.

${profiles.map(({ heading, table }) => `### ${heading}\n\n${toMarkdown(table)}`).join('\n\n')}

## Repeat it

\`\`\`sh
npm ci && npm run bench
\`\`\`

It takes some minutes, and nothing else should run meanwhile. \`npm run bench -- --help\` tells the options.
`;
}
