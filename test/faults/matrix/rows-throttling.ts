import { errorAnswer } from '../../../local/vod/answers.ts';
import { type Fault, send, throttled, unavailable } from '../../helpers/faults.ts';
import { cancelled, mayPass, throttledOut } from './expected.ts';
import { PATIENT_MS, type Row } from './row.ts';
import { always, once } from './rows-network.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** The three forms in which HTTP writes a date, all of them in GMT (RFC 9110 §5.6.7). */
const DATE_FORMS = {
  'IMF-fixdate': (at: Date) => at.toUTCString(),
  'RFC 850': (at: Date) => {
    const [, day, month, year = '', time] = at.toUTCString().split(' ');
    return `${DAYS[at.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
  },
  asctime: (at: Date) => {
    const [weekday = '', day, month, year, time] = at.toUTCString().split(' ');
    return `${weekday.slice(0, 3)} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
  },
} as const;

/** A 429 whose `Retry-After` and `Date` come from a clock one hour ahead. */
const throttledByAnotherClock =
  (ms: number): Fault =>
  (exchange) => {
    const sentAt = Date.now() + 3_600_000;
    const [date, retryAfter] = [sentAt, sentAt + ms].map((at) => new Date(at).toUTCString());
    exchange.send(errorAnswer(429, 'APIGW.0308', undefined, { date: date ?? '', 'retry-after': retryAfter ?? '' }));
  };

type DateForm = keyof typeof DATE_FORMS;

/** A 429 with a date, computed when it is sent. */
const throttledUntil =
  (form: DateForm, ms: number): Fault =>
  (exchange) =>
    throttled(DATE_FORMS[form](new Date(Date.now() + ms)))(exchange);

const forms = Object.keys(DATE_FORMS) as readonly DateForm[];

const row = (about: string, fault: Fault, expected: Row['expected'], more: Partial<Row> = {}): Row => ({
  name: `429, Retry-After: ${about}`,
  faults: always(fault),
  expected,
  ...more,
});

/** The wait is longer than the time left: the cancel ends at once, and the caller gets the wait in `retry-after`. */
const handedOn = (from: number, to = from) => throttledOut(1, [from, to], { withinMs: 3_000 });
const PLENTY = { remainingMs: 20_000 } as const;

/** Without a usable `Retry-After`: one retry, after 1 to 2 s. */
const unsaid = throttledOut(2, [60, 60]);

const ROWS: readonly Row[] = [
  { name: '429 without Retry-After', faults: always('throttled'), expected: unsaid },
  { name: '429 without Retry-After, then fine', faults: once('throttled'), expected: cancelled(2) },
  {
    name: '429 without a code',
    faults: always(send({ status: 429, body: 'slow down' })),
    expected: { ...unsaid, code: 'VOD_BAD_RESPONSE' },
  },
  {
    name: 'APIGW.0308 under 403',
    faults: always(send(errorAnswer(403, 'APIGW.0308'))),
    expected: unsaid,
  },
  row('1, then fine', throttled('1'), cancelled(2), { faults: once('throttled-retry-after') }),
  row('1, again and again', throttled('1'), throttledOut(3, [1, 1])),
  row('0, which counts as 1', throttled('0'), throttledOut(3, [1, 1])),
  row('60', throttled('60'), handedOn(60), PLENTY),
  row('a day, cut to an hour', throttled('86400'), handedOn(3_600), PLENTY),
  row('9999999999', throttled('9999999999'), handedOn(3_600), PLENTY),
  row('thirty nines', throttled('9'.repeat(30)), handedOn(3_600), PLENTY),
  ...forms.map((form) => row(`a date in 90 s (${form})`, throttledUntil(form, 90_000), handedOn(85, 90), PLENTY)),
  ...forms.map((form) =>
    row(`a date that has passed (${form})`, throttledUntil(form, -60_000), throttledOut(3, [1, 1])),
  ),
  row('the year 9999', throttled('Fri, 31 Dec 9999 23:59:59 GMT'), handedOn(3_600), PLENTY),
  ...['-5', '1.5', '1e3', '0x10', 'soon', '60s', '', 'Thu, 99 Foo 2026 99:99:99 GMT', '2099-01-01T00:00:00Z'].map(
    (value) => row(value === '' ? 'empty' : value, throttled(value), unsaid),
  ),
  { name: '503, Retry-After: 1, then fine', faults: once('error-503-retry-after'), expected: cancelled(2) },
  {
    name: '503, Retry-After: an hour',
    faults: always(unavailable('3600')),
    remainingMs: 20_000,
    expected: mayPass('APIGW.0613', 1, { status: 503, retryAfter: [3_600, 3_600], withinMs: 3_000 }),
  },
  {
    name: '503, Retry-After: 1, again and again',
    faults: always('error-503-retry-after'),
    expected: mayPass('APIGW.0613', 3, { status: 503, retryAfter: [1, 1] }),
  },
  {
    name: "429, Retry-After: a date in 90 s by VOD's clock, which is an hour ahead of ours",
    faults: always(throttledByAnotherClock(90_000)),
    expected: throttledOut(1, [90, 90], { withinMs: 3_000 }),
    ...PLENTY,
  },
  {
    name: "the next cancel within VOD's Retry-After: no call",
    faults: once(throttled('60')),
    invocations: 2,
    expected: mayPass('PACE_LIMIT', 0, { status: 503, retryAfter: [50, 60], cancels: 1 }),
    ...PLENTY,
  },
  {
    name: 'VOD.10127 under 403',
    faults: always(send(errorAnswer(403, 'VOD.10127'))),
    expected: mayPass('VOD.10127', 2, { status: 503 }),
  },
];

export const THROTTLING: readonly Row[] = ROWS.map((one) => ({ remainingMs: PATIENT_MS, ...one }));
