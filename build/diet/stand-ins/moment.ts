/** The one form the signer writes, and the one form in which an `X-Sdk-Date` may be handed to it. */
const SIGNING_FORMAT = 'YYYYMMDDTHHmmss';
const SIGNING_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** A moment in UTC, with the two methods the signer calls on it. */
export class Moment {
  readonly #time: Date;

  constructor(time: Date) {
    this.#time = time;
  }

  utcOffset(minutes: number): this {
    if (minutes !== 0) throw new RangeError(`utcOffset(${minutes}): only UTC is known here`);
    return this;
  }

  format(pattern: string): string {
    if (pattern !== SIGNING_FORMAT) throw new RangeError(`format("${pattern}"): only ${SIGNING_FORMAT} is known here`);
    const time = this.#time;
    // One number with two digits for each part: the first `toISOString` of a process takes V8 close to a millisecond.
    const date = (time.getUTCFullYear() * 100 + time.getUTCMonth() + 1) * 100 + time.getUTCDate();
    const digits = String(
      ((date * 100 + time.getUTCHours()) * 100 + time.getUTCMinutes()) * 100 + time.getUTCSeconds(),
    );
    return `${digits.slice(0, 8)}T${digits.slice(8)}`;
  }
}

/**
 * `moment()` and `moment(date)` as the signer calls them.
 *
 * @param date - Now where it is missing; a string must be an `X-Sdk-Date`, e.g. `20260102T030405Z`.
 * @throws RangeError for any other string, where moment itself would guess or print a deprecation warning.
 */
export default function moment(date?: string | Date): Moment {
  if (date === undefined) return new Moment(new Date(Date.now()));
  if (date instanceof Date) return new Moment(date);
  if (!SIGNING_DATE.test(date)) throw new RangeError('An X-Sdk-Date must look like 20260102T030405Z');
  return new Moment(new Date(date.replace(SIGNING_DATE, '$1-$2-$3T$4:$5:$6Z')));
}
