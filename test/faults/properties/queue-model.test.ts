import fc from 'fast-check';
import { afterEach, it, vi } from 'vitest';
import { startVodStandIn } from '../../../local/vod/stand-in.ts';
import { FUNCTIONS, type FunctionName } from '../../../scripts/functions.ts';
import { type Bundle, freshBundle } from '../../helpers/bundle.ts';
import { captureConsole } from '../../helpers/console-lines.ts';
import { ASSET_ID, KEY, PROJECT_ID } from '../../helpers/contexts.ts';
import { runs } from '../../helpers/properties.ts';
import { useVirtualTime } from '../../helpers/virtual-time.ts';
import { CancelCommand, type Model, MoveOnCommand, QueueCommand, type Real, SPAN_MS } from './queue-commands.ts';
import type { Read, Step } from './queue-model.ts';

useVirtualTime();

afterEach(() => {
  vi.restoreAllMocks();
});

/** So many cancels with two retries each, and one more would find the retry budget of its process used up. */
const CANCELS_OF_A_PROCESS = 17;

/** Gives the same process over and over, and a new one before the retry budget, which has tests of its own, has a say. */
function loader(): Real['load'] {
  const loaded = new Map<FunctionName, { readonly bundle: Bundle; uses: number }>();
  return (functionName) => {
    const known = loaded.get(functionName);
    const current = known && known.uses < CANCELS_OF_A_PROCESS ? known : { bundle: freshBundle(functionName), uses: 0 };
    current.uses += 1;
    loaded.set(functionName, current);
    return current.bundle;
  };
}

async function withReal(run: (real: Real) => Promise<void>): Promise<void> {
  let now = Date.now();
  const clock = {
    now: () => now,
    move: (ms: number) => {
      now += ms;
    },
  };
  const vod = await startVodStandIn({
    accounts: [{ ak: KEY.ak, sk: KEY.sk, projectId: PROJECT_ID }],
    callsPerMinute: Number.POSITIVE_INFINITY,
    clock,
  });
  vod.assets.put(ASSET_ID, { transcodeStatus: 'UN_TRANSCODE', waitMs: SPAN_MS, transcodeMs: SPAN_MS });
  const lines = captureConsole();
  // No backoff: the queue is raced on its own clock, so nothing is learnt by waiting on ours.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  try {
    await run({ vod, clock, load: loader(), lines });
  } finally {
    vi.restoreAllMocks();
    await vod.close();
  }
}

/** Now and then: what happens too often hides what it happens to. */
const rarely = fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, fc.constant(true));

const step: fc.Arbitrary<Step> = fc.record({
  startsBefore: rarely,
  call: fc.constantFrom('answered', 'lost', 'lost', 'lost_done', 'failed', 'failed_done'),
});

const read: fc.Arbitrary<Read> = fc.record({ startsBefore: rarely, forbidden: rarely });

/** Steps after which a cancel goes on are the interesting ones: only three of them use up its attempts. */
const doubt = step.filter(({ call }) => call !== 'answered');

const steps = fc.oneof(
  fc.array(step, { maxLength: 3 }),
  fc.array(doubt, { minLength: 1, maxLength: 3 }),
  fc.array(doubt, { minLength: 3, maxLength: 3 }),
);

const cancel = fc
  .tuple(fc.constantFrom(...FUNCTIONS), steps, read)
  .map(([functionName, met, one]) => new CancelCommand(functionName, met, one));

const queue = fc.constant(new QueueCommand());

// Without something in the queue there is little to race.
const commands = fc.commands([queue, cancel, queue, cancel, fc.constant(new MoveOnCommand())], {
  maxCommands: 60,
  size: 'max',
});

it('a queue that waits, starts and finishes, raced with cancels: each outcome says what really happened', async () => {
  await fc.assert(
    fc.asyncProperty(commands, (given) =>
      withReal(async (real) => {
        const initial: Model = { state: 'none' };
        await fc.asyncModelRun(() => ({ model: initial, real }), given);
      }),
    ),
    { numRuns: runs(20) },
  );
});
