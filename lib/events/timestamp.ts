/** `date-time` of RFC 3339 §5.6, whose letters may be lower case and whose second may be a leap second. */
const DATE_TIME =
  /^(?<date>\d{4}-\d{2}-\d{2})T(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d):(?<second>[0-5]\d|60)(?<fraction>\.\d+)?(?:Z|(?<sign>[+-])(?<aheadHours>[01]\d|2[0-3]):(?<aheadMinutes>[0-5]\d))$/i;

const MINUTE_MS = 60_000;

/**
 * Reads an RFC 3339 timestamp.
 *
 * @returns milliseconds since the epoch; undefined if the text is not a timestamp or its day does not exist
 */
export function parseTimestamp(text: string): number | undefined {
  const groups = DATE_TIME.exec(text)?.groups;
  const { date = '', hour, minute, second, fraction = '', sign, aheadHours = 0, aheadMinutes = 0 } = groups ?? {};
  const midnight = startOf(date);
  if (midnight === undefined) return undefined;
  const ahead = (Number(aheadHours) * 60 + Number(aheadMinutes)) * (sign === '-' ? -1 : 1);
  const minutes = Number(hour) * 60 + Number(minute) - ahead;
  return midnight + minutes * MINUTE_MS + (Number(second) + Number(`0${fraction}`)) * 1000;
}

/** `Date.parse` reads 30 February as 2 March, so the result must have the same date again. */
function startOf(date: string): number | undefined {
  const start = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(start) || !new Date(start).toISOString().startsWith(date) ? undefined : start;
}
