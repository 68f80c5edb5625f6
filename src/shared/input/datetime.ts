import { DateTime } from 'luxon';
import { describe } from '../base/argument.ts';
import { ifValid, parseDateText } from './datetime-text.ts';

/** luxon's `DateTime`, the type of dates in responses. Exported, so that callers can name it without depending on luxon. */
type LuxonDateTime = DateTime;

export type { LuxonDateTime as DateTime };

/**
 * A datetime: a luxon `DateTime`, a `Date`, UNIX time in seconds (a number or digits), an ISO 8601 string or a
 * human-readable string. A string without a zone is in luxon's default zone: the local zone, unless
 * `Settings.defaultZone` is set.
 */
export type DateTimeLike = DateTime | Date | number | string;

// Years of four digits: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
const MIN_TIMESTAMP = -62_135_596_800;
const MAX_TIMESTAMP = 253_402_300_799;

const ACCEPTED = 'give a DateTime, a Date, UNIX seconds, an ISO 8601 string or a date such as "2018 Feb 12 13:00:00"';
const OUT_OF_RANGE = 'it is outside the years 0001 to 9999 (numbers count seconds, not milliseconds)';

const IN_UTC = { zone: 'utc' } as const;

const API_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)$/;
const MIN_API_DATE_LENGTH = 20;
const MAX_API_DATE_LENGTH = 35;
const T = 84;
const HYPHEN = 45;

/**
 * Converts a datetime to UNIX time.
 *
 * A text is read in full or not at all. In a numeric date, the year is first (`2019-11-10`) or last. If it is last, the
 * month is first (`11-12-2018` is 12 November), unless the first number can only be a day (`17/06/2019`). Month names are
 * English. A zone is an offset (`+03:00`, `GMT-2` for two hours behind UTC), `Z`, `UTC` or `GMT`. Abbreviations such as
 * `EST` are rejected, because they are ambiguous.
 *
 * When clocks go back, a local time that occurs twice is the first of the two. When they go forward, a skipped local time
 * is read as the same amount later.
 *
 * @param value - The datetime.
 * @param argument - Name of the value in an error message.
 * @returns Whole seconds since 1970-01-01T00:00:00Z, rounded down.
 * @throws TypeError if the value cannot be read, names a day or time that does not exist, contradicts itself (a wrong
 *   weekday) or lies outside the years 0001 to 9999.
 *
 * @example
 * ```ts
 * toTimestamp('2018-01-14T12:00:00Z'); // 1515931200
 * toTimestamp('Jan 14, 2018 2:00 pm +02:00'); // 1515931200
 * ```
 */
export function toTimestamp(value: DateTimeLike, argument = 'value'): number {
  const seconds = toSeconds(value);
  if (seconds === undefined || Number.isNaN(seconds)) throw unreadable(value, argument, ACCEPTED);
  if (seconds < MIN_TIMESTAMP || seconds > MAX_TIMESTAMP) throw unreadable(value, argument, OUT_OF_RANGE);
  // Adding zero turns -0 into 0.
  return seconds + 0;
}

/**
 * Formats a datetime as the API does: in UTC, to the second, always 20 characters. Accepts the values that
 * {@link toTimestamp} accepts.
 *
 * @param value - The datetime.
 * @param argument - Name of the value in an error message.
 * @returns `YYYY-MM-DDTHH:MM:SSZ`, rounded down to the second.
 * @throws TypeError as {@link toTimestamp} does.
 *
 * @example
 * ```ts
 * formatDatetime(1515931200); // '2018-01-14T12:00:00Z'
 * formatDatetime('2018-02-12T13:00:28 GMT-2'); // '2018-02-12T15:00:28Z'
 * ```
 */
export function formatDatetime(value: DateTimeLike, argument = 'value'): string {
  const iso = new Date(toTimestamp(value, argument) * 1000).toISOString();
  return `${iso.slice(0, 19)}Z`;
}

/**
 * Parses a string of a response if it is a full ISO 8601 date-time with a zone. Any other string may be a name or a
 * title: `May`, `10`, `2019-02-03`.
 *
 * @param text - Any string.
 * @returns The moment in UTC, or `undefined` for every other string, and for a day that does not exist.
 *
 * @example
 * ```ts
 * parseApiDate('2018-03-10T07:32:00Z')?.year; // 2018
 * parseApiDate('2018-02-30T00:00:00Z'); // undefined
 * ```
 */
export function parseApiDate(text: string): DateTime | undefined {
  // Called for every string of a response. Few are dates.
  if (text.length < MIN_API_DATE_LENGTH || text.length > MAX_API_DATE_LENGTH) return undefined;
  if (text.charCodeAt(10) !== T || text.charCodeAt(4) !== HYPHEN || !API_DATE.test(text)) return undefined;
  if (text.length === MIN_API_DATE_LENGTH) {
    // `Date` parses the API's format several times faster than luxon, but turns 30 February into a day of March.
    const milliseconds = Date.parse(text);
    if (new Date(milliseconds).getUTCDate() === Number(text.slice(8, 10))) {
      return DateTime.fromMillis(milliseconds, IN_UTC);
    }
  }
  return ifValid(() => DateTime.fromISO(text, IN_UTC));
}

/** Returns whole seconds, which may be out of range, or `undefined` or NaN if the value is not a datetime. */
function toSeconds(value: unknown): number | undefined {
  if (typeof value === 'string') return parseDateText(value);
  if (typeof value === 'number') return Math.floor(value);
  const milliseconds = fromDateTime(value) ?? fromDate(value);
  return milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000);
}

function fromDateTime(value: unknown): number | undefined {
  try {
    // luxon checks for a mark, which a structured clone has too. A real DateTime inherits its methods, from any copy of
    // luxon.
    if (!DateTime.isDateTime(value) || Object.hasOwn(value, 'toMillis') || value.isValid !== true) return undefined;
    const milliseconds: unknown = value.toMillis();
    return typeof milliseconds === 'number' ? milliseconds : undefined;
  } catch {
    return undefined;
  }
}

function fromDate(value: unknown): number | undefined {
  try {
    // Throws if it is not a `Date`. Accepts dates of other realms, unlike `instanceof`.
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

function unreadable(value: unknown, argument: string, hint: string): TypeError {
  return new TypeError(`${argument}: cannot read ${received(value)} as a datetime; ${hint}`);
}

function received(value: unknown): string {
  try {
    if (DateTime.isDateTime(value)) return value.isValid ? 'a DateTime' : 'an invalid DateTime';
    if (value instanceof Date) return Number.isNaN(fromDate(value)) ? 'an invalid Date' : 'a Date';
    return describe(value);
  } catch {
    // A proxy may throw at any access.
    return 'an object';
  }
}
