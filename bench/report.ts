import type { Circumstances } from './machine.ts';
import type { BenchOptions } from './options.ts';
import { PAUSE_MS } from './protocol.ts';
import { format, plain, toMarkdown, toText } from './table.ts';
import type { Tables } from './tables.ts';

/** The page's content. The terminal shows its tables. */
export interface Report {
  readonly circumstances: Circumstances;
  readonly options: BenchOptions;
  readonly tables: Tables;
}

/** Returns the tables for a terminal. The goals come last, where people see them. */
export function toTerminal({ tables: { goals, figures, ratios } }: Report): string {
  const sections = [
    { heading: 'Figures', table: figures },
    { heading: 'Ratios', table: ratios },
    { heading: 'Goals', table: goals },
  ];
  return sections.map(({ heading, table }) => `\n${plain(heading)}\n\n${toText(table)}\n`).join('');
}

/** Returns the text of `docs/performance.md`. */
export function toPage({ circumstances, options, tables }: Report): string {
  const { coldRuns, warmRuns, warm } = options;
  const { goals, figures, ratios } = tables;
  const count = (calls: number): string => format(calls, 0);
  return `# Performance

\`npm run bench\` writes this page. Every figure and every verdict comes from one run of that command.

${toMarkdown({ head: ['', 'this run'], rows: circumstances }).replaceAll('---:', '---')}

## Goals

They are hard on purpose: the floor has no check, no timeout, no result and no log line.
[decisions.md](decisions.md#goals-that-are-missed) says why some are missed.

${toMarkdown(goals)}

## Figures

${toMarkdown(figures)}

${toMarkdown(ratios)}

## How they are taken

- Every contestant is a program that runs in a plain \`node\` process of its own. A round runs all contestants, and each
  round begins with another one. There are ${coldRuns} cold rounds and ${warmRuns} warm ones. A figure is the median of its rounds. A ratio
  is the median of the ratios within each round, so a machine that is slow for a while changes little.
- VOD is the stand-in of \`local/\`: a server on loopback, in a process of its own, that verifies every signature. Each run
  gets a new one, in which every asset is cancelled once. The run fails if the stand-in answers any call with something
  else than 204, or sees more or fewer calls than expected.
- The functions are the bundles of \`npm run build\`, unchanged. They get a FunctionGraph context and an APIG request, or a
  CloudEvent as EventGrid delivers it. The settings are the defaults, \`LOG_LEVEL\` included. Only endpoint, key and pace
  (\`VOD_CALLS_PER_MINUTE\` at its maximum) are set. A run fails if it does not log exactly one line for each result.
- The SDK is used as its README says, with one client for all calls: once from \`node_modules\` as installed, once bundled
  and minified by esbuild.
- The floor is the least code that cancels: \`node:https\`, a keep-alive agent and the signature. It has no check, no
  timeout, no retry, no result and no log line, and does not read errors. It makes its date with \`toISOString\`, as most
  people would. The first call of that takes a millisecond, which the functions avoid.
- Everything that a contestant prints goes to a pipe that is drained.
- **Cold** is the time from the first line of the program, before it loads the contestant, to the first result. It does
  not include the start of Node. *Load* is \`require\`, and the \`initializer\` if the bundle has one. The *first call* is the
  rest.
- **Warm** starts after ${count(warm.warmUp)} calls: ${count(warm.sequential)} one after the other, ${count(warm.paused)} with a pause of ${PAUSE_MS} ms before each, then ${count(warm.concurrent)}
  with 10 in flight and ${count(warm.concurrent)} with 50.
- **After a pause** measures a call to a function that is called now and then: client and stand-in are idle before it. The
  pause is not counted.
- **CPU** is user and system time of the contestant's process. The stand-in's own time limits every throughput: if it is
  busy all the time, faster clients show the same figure.
- **Handler overhead without network** is measured in two ways, and both must meet the goal. A request with a malformed id
  needs the pipeline, the log line and the response. A cancel, with Node's own \`request\` replaced by one that answers 204
  at once, also needs the signature and the client. Both use the same bundle.
- **Peak RSS** is the highest memory use of the process, Node included.

## Repeat it

\`\`\`sh
npm ci && npm run bench
\`\`\`

It takes some minutes. Nothing else should run on the machine meanwhile. \`npm run bench -- --help\` lists the options.
`;
}
