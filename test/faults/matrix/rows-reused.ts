import type { Fault } from '../../helpers/faults.ts';
import { emptied, inferred } from './expected.ts';
import { type Expected, type InjectedFault, type Row, SYSTEM } from './row.ts';
import { IMPATIENT } from './rows-network.ts';

/** The first call. The next call uses its connection. */
const answered: Fault = async (exchange) => exchange.send(await exchange.proceed());

/** The first invocation cancels the task. The row checks the second one, which finds no task. */
const second = (name: string, met: InjectedFault, expected: Expected, more: Partial<Row> = {}): Row => ({
  name,
  faults: [{ fault: answered }, met],
  invocations: 2,
  settings: IMPATIENT,
  expected: { ...expected, cancels: expected.attempts + 1 },
  ...more,
});

const notByThisCancel = emptied('UN_TRANSCODE', 'VOD.10083', 2);

/** An answer lost on a used connection before its first byte: VOD may have closed it without reading the request. */
export const REUSED: readonly Row[] = [
  second('used connection reset, VOD.10083, UN_TRANSCODE', { fault: 'reset-before-read' }, notByThisCancel),
  second('used TLS connection cut, VOD.10083, UN_TRANSCODE', { fault: 'reset-before-read' }, notByThisCancel, {
    ...SYSTEM,
    target: 'tls-valid',
  }),
  second(
    'used connection reset for good, UN_TRANSCODE',
    { fault: 'reset-before-read' },
    emptied('UN_TRANSCODE', 'VOD_CONNECTION_LOST', 1),
    { settings: { VOD_MAX_ATTEMPTS: '1' } },
  ),
  second(
    'used connection reset after the headers, VOD.10083, UN_TRANSCODE',
    { fault: 'reset-after-headers' },
    inferred(2),
  ),
  second('used connection, no answer, VOD.10083, UN_TRANSCODE', { fault: 'hang' }, inferred(2)),
  second('used connection reset, then a 504, VOD.10083, UN_TRANSCODE', { fault: 'reset-before-read' }, inferred(3), {
    faults: [{ fault: answered }, { fault: 'reset-before-read' }, { fault: 'applied-504' }],
  }),
];
