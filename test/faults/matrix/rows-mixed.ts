import { MIN_CALL_MS } from '../../../lib/cancel/context.ts';
import { errorAnswer } from '../../../local/vod/answers.ts';
import { applied, FAULTS, type Fault, send } from '../../helpers/faults.ts';
import { inferred, mayPass, notFound, throttledOut, unknown, willNotPass } from './expected.ts';
import { type InjectedFault, PATIENT_MS, RESERVE_MS, type Row } from './row.ts';
import { row } from './rows-network.ts';

const LOST: InjectedFault = { fault: 'reset-before-read' };
const LOST_BUT_DONE: InjectedFault = { fault: 'applied-reset' };
const FAILED_BUT_DONE: InjectedFault = { fault: 'applied-504' };
const REJECTED = send(errorAnswer(400, 'VOD.10053'));

/** After a lost answer, an answer that decides stands. If it decides nothing, the status read settles the cancel. */
const MIXES: readonly Row[] = [
  row('done but lost, then 503 twice', [LOST_BUT_DONE, { fault: 'error-503', times: 2 }], inferred(3)),
  row('done but lost, then 429 twice', [LOST_BUT_DONE, { fault: 'throttled', times: 2 }], inferred(3)),
  row('done but lost, then a 200', [LOST_BUT_DONE, { fault: 'ok-200' }], inferred(2)),
  row('done but lost, then an HTML 403', [LOST_BUT_DONE, { fault: 'html-403' }], inferred(2)),
  row(
    'lost, then 503 twice',
    [LOST, { fault: 'error-503', times: 2 }],
    unknown('VOD_CONNECTION_LOST', 3, { transcodeStatus: 'WAITING_TRANSCODE' }),
  ),
  row(
    'lost, no answer, then 429: the last lost one names it',
    [LOST, { fault: 'hang' }, { fault: 'throttled' }],
    unknown('VOD_TIMEOUT', 3, { transcodeStatus: 'WAITING_TRANSCODE' }),
  ),
  row('504 three times, done by the first', [{ fault: 'applied-504', times: 3 }], mayPass('APIGW.0201', 3)),
  row('504 but done, then 429 twice', [FAILED_BUT_DONE, { fault: 'throttled', times: 2 }], throttledOut(3, [60, 60])),
  row('504 but done, then a 200', [FAILED_BUT_DONE, { fault: 'ok-200' }], mayPass('VOD_BAD_RESPONSE', 2)),
  row(
    '504 but done, then 401',
    [FAILED_BUT_DONE, { fault: 'unauthorized-echo' }],
    willNotPass('APIGW.0301', { attempts: 2 }),
  ),
  row(
    'done but lost, then 401',
    [LOST_BUT_DONE, { fault: 'unauthorized-echo' }],
    willNotPass('APIGW.0301', { attempts: 2 }),
  ),
  row(
    'done but lost, then 403 VOD.10074',
    [LOST_BUT_DONE, { fault: 'forbidden-10074' }],
    willNotPass('VOD.10074', { attempts: 2 }),
  ),
  row('done but lost, then VOD.10053', [LOST_BUT_DONE, { fault: REJECTED }], willNotPass('VOD.10053', { attempts: 2 })),
  {
    name: 'done but lost, then no connection any more',
    faults: (vod) => [{ fault: applied(() => vod.close()) }],
    expected: unknown('VOD_CONNECTION_LOST', 3, { cancels: 1, reads: 0 }),
  },
  row('lost, then VOD.10062', [LOST, { fault: 'not-found-404' }], notFound(2)),
];

export const MIXED: readonly Row[] = MIXES.map((one) => ({ remainingMs: PATIENT_MS, ...one }));

/**
 * VOD.10083 after a 504, too late for a status read. The second fault waits until a fixed time after the first, so the
 * random backoff between them does not matter.
 */
const lateNotQueued = (remainingMs: number) => (): readonly InjectedFault[] => {
  const dueMs = remainingMs - RESERVE_MS - MIN_CALL_MS + 10;
  let firstAt = 0;
  const first: Fault = (exchange) => {
    firstAt = performance.now();
    return FAULTS['applied-504'](exchange);
  };
  const second: Fault = async (exchange) => {
    await exchange.sleep(Math.max(0, firstAt + dueMs - performance.now()));
    exchange.send(errorAnswer(400, 'VOD.10083'));
  };
  return [{ fault: first }, { fault: second }];
};

/** There is no time left for a status read. */
export const NO_TIME: readonly Row[] = [
  {
    name: '504, VOD.10083, no time for a status read',
    faults: lateNotQueued(2_000),
    settings: { VOD_ATTEMPT_TIMEOUT_MS: '5000' },
    remainingMs: 2_000,
    expected: unknown('VOD.10083', 2, { reads: 0 }),
  },
  {
    name: 'no answer, no time for a status read',
    faults: [{ fault: 'applied-no-answer' }],
    settings: { VOD_ATTEMPT_TIMEOUT_MS: '1000' },
    remainingMs: 1_500,
    expected: unknown('VOD_TIMEOUT', 1, { reads: 0 }),
  },
  {
    name: '504, VOD.10083, status read cut by the deadline',
    faults: [{ fault: 'applied-504' }, { fault: 'list-slow' }],
    settings: { VOD_ATTEMPT_TIMEOUT_MS: '30000' },
    remainingMs: 2_000,
    expected: unknown('VOD.10083', 2),
  },
];
