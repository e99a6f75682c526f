import fc from 'fast-check';
import type { PutAsset } from '../../../local/vod/assets.ts';
import { FUNCTIONS, type FunctionName } from '../../../scripts/functions.ts';
import { FAULTS, type FaultName } from '../../helpers/faults.ts';

/** What a function is put through: plain data, so that a failure prints what to run again. */
export interface Script {
  readonly functionName: FunctionName;
  readonly faults: readonly { readonly fault: FaultName; readonly times: number }[];
  /** Without one, VOD does not know the asset. */
  readonly asset: PutAsset | undefined;
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
  readonly reserveMs: number;
  readonly callsPerMinute: number;
  readonly remainingMs: number;
}

const faultNames = Object.keys(FAULTS) as readonly FaultName[];

/** Those after which a cancel goes on, so that scripts with several of them are more than their first one. */
const GOES_ON: readonly FaultName[] = [
  'reset-before-read',
  'hang',
  'truncated-body',
  'applied-no-answer',
  'applied-reset',
  'applied-504',
  'error-503',
  'internal-403',
  'slow',
];

const fault = fc.record({
  fault: fc.oneof(fc.constantFrom(...faultNames), { weight: 2, arbitrary: fc.constantFrom(...GOES_ON) }),
  times: fc.integer({ min: 1, max: 3 }),
});

/** How long a transcode waits or runs: often so short that its state changes in the middle of a cancel. */
const span = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 800 }));

const asset: fc.Arbitrary<PutAsset | undefined> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      transcodeStatus: fc.constant('WAITING_TRANSCODE' as const),
      waitMs: span,
      transcodeMs: span,
    }),
  },
  fc.record({
    transcodeStatus: fc.constantFrom('UN_TRANSCODE', 'TRANSCODING', 'TRANSCODE_SUCCEED', 'TRANSCODE_FAILED'),
    transcodeMs: span,
  }),
  fc.constant({ transcodeStatus: 'UN_TRANSCODE', assetStatus: 'CREATING' } as const),
  fc.constant(undefined),
);

/** Any script. */
export const script: fc.Arbitrary<Script> = fc.record({
  functionName: fc.constantFrom(...FUNCTIONS),
  faults: fc.array(fault, { maxLength: 5 }),
  asset,
  // Long ones leave it to the deadline to end an attempt.
  attemptTimeoutMs: fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: 100, max: 600 }) },
    fc.constantFrom(3_000, 60_000),
  ),
  maxAttempts: fc.integer({ min: 1, max: 10 }),
  reserveMs: fc.integer({ min: 50, max: 500 }),
  callsPerMinute: fc.constantFrom(1, 3, 40, 1_000),
  remainingMs: fc.integer({ min: 0, max: 2_500 }),
});
