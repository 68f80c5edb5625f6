import { DateTime, FixedOffsetZone } from 'luxon';

/** Named groups of a layout. A group that did not match is `undefined`. */
type Parts = Readonly<Record<string, string | undefined>>;

// No date is this long. The limit bounds the cost of a hostile text.
const MAX_TEXT_LENGTH = 100;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

let layouts: readonly RegExp[] | undefined;

/**
 * Parses a whole text as a datetime. Returns whole UNIX seconds, or `undefined`.
 *
 * Digits alone are seconds, unless they are 8, 12 or 14 digits of a date in the years 1900 to 2099 (`20180212`). A time
 * without a zone is in luxon's default zone.
 * When clocks go back, a local time that occurs twice is the first of the two. When they go forward, a skipped local time
 * is read as the same amount later (luxon's rule).
 */
export function parseDateText(text: string): number | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const trimmed = text.trim();
  if (/^[+-]?\d+$/.test(trimmed)) return parseDigits(trimmed) ?? Number(trimmed);
  layouts ??= compileLayouts();
  for (const layout of layouts) {
    const parts = layout.exec(trimmed)?.groups;
    if (parts) return parseParts(parts);
  }
  return undefined;
}

const DATE_DIGITS =
  /^(?<year>(?:19|20)\d\d)(?<month>\d\d)(?<day>\d\d)(?:(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)?)?$/;

/** Parses digits that are a date, such as `20180212` or `20180212130000`. Those of no calendar day are seconds. */
function parseDigits(digits: string): number | undefined {
  const parts = DATE_DIGITS.exec(digits)?.groups;
  return parts && parseParts(parts);
}

/** Calls luxon. Returns `undefined` if there is no such moment. */
export function ifValid(read: () => DateTime): DateTime | undefined {
  try {
    const datetime = read();
    return datetime.isValid ? datetime : undefined;
  } catch {
    // luxon throws if an application has set `Settings.throwOnInvalid`.
    return undefined;
  }
}

function compileLayouts(): readonly RegExp[] {
  const gap = '[\\s,]+';
  const join = `(?:${gap}|[-/])`;

  const weekday =
    `(?:(?<weekdayName>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|` +
    `fri(?:day)?|sat(?:urday)?|sun(?:day)?)\\.?${gap})?`;
  const monthName =
    '(?<monthName>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|' +
    'sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
  const year = '(?<year>\\d{4})';
  const month = '(?<month>\\d\\d?)';
  const day = '(?<day>\\d\\d?)';
  const nth = `${day}(?:st|nd|rd|th)?`;
  const mark = '(?<mark>[-/.])';

  // Fractions of a second are dropped: results are rounded down.
  const seconds = '(?<second>\\d\\d)(?:[.,]\\d+)?';
  const meridiem = '(?<half>[ap])\\.?m\\.?';
  const time = `(?=\\d\\d?(?::|\\s*[ap]))(?<hour>\\d\\d?)(?::(?<minute>\\d\\d)(?::${seconds})?)?(?:\\s*${meridiem})?`;
  const isoClock = `(?<hour>\\d\\d)(?::?(?<minute>\\d\\d)(?::?${seconds})?)?`;

  const offset = '(?<sign>[+-])(?<offsetHour>\\d\\d|\\d(?!\\d))(?::?(?<offsetMinute>\\d\\d))?';
  const zone = `(?:(?:${gap})?(?:(?<base>utc|gmt)?\\s*${offset}|(?<utc>z|utc|gmt)))?`;
  const tail = `(?:(?:${gap}|T)${time})?${zone}`;
  const isoTail = `(?:T${isoClock}${zone})?`;

  return [
    `${weekday}${year}${mark}${month}\\k<mark>${day}${tail}`,
    `${weekday}(?<one>\\d\\d?)${mark}(?<two>\\d\\d?)\\k<mark>${year}${tail}`,
    `${weekday}${year}${join}${monthName}${join}${nth}${tail}`,
    `${weekday}${monthName}${join}${nth}${join}${year}${tail}`,
    `${weekday}${nth}${join}${monthName}${join}${year}${tail}`,
    // The format of C's `ctime` and of the `date` command.
    `${weekday}${monthName}${gap}${nth}${gap}${time}${zone}${gap}${year}`,
    // Other forms of ISO 8601: basic format, ordinal dates, week dates, and a month or week alone.
    `${year}(?<mark>-?)(?<month>\\d\\d)\\k<mark>(?<day>\\d\\d)${isoTail}`,
    `${year}-?(?<ordinal>\\d{3})${isoTail}`,
    `(?<weekYear>\\d{4})(?<mark>-?)W(?<weekNumber>\\d\\d)\\k<mark>(?<weekday>\\d)${isoTail}`,
    `(?<weekYear>\\d{4})-?W(?<weekNumber>\\d\\d)`,
    `${year}-(?<month>\\d\\d)`,
  ].map((source) => new RegExp(`^${source}$`, 'i'));
}

function parseParts(parts: Parts): number | undefined {
  const hour = parseHour(parts);
  const zone = parseZone(parts);
  if (hour === undefined || zone === undefined) return undefined;
  const datetime = ifValid(() =>
    DateTime.fromObject(
      {
        ...parseDate(parts),
        hour,
        minute: toNumber(parts.minute) ?? 0,
        second: toNumber(parts.second) ?? 0,
      },
      { zone },
    ),
  );
  // Of two possible moments, luxon picks one by the offset of the current day. Take the first one always.
  const [first] = datetime?.getPossibleOffsets() ?? [];
  return first && Math.floor(first.toMillis() / 1000);
}

function parseDate(parts: Parts): Record<string, number | undefined> {
  const { weekYear, weekNumber } = parts;
  if (weekYear) {
    return { weekYear: Number(weekYear), weekNumber: toNumber(weekNumber), weekday: toNumber(parts.weekday) };
  }
  const year = toNumber(parts.year);
  if (parts.ordinal) return { year, ordinal: toNumber(parts.ordinal) };
  // luxon checks the weekday against month and day.
  const weekday = nameIndex(WEEKDAYS, parts.weekdayName);
  if (parts.one) {
    const [one, two] = [Number(parts.one), Number(parts.two)];
    return one > 12 ? { year, month: two, day: one, weekday } : { year, month: one, day: two, weekday };
  }
  const month = nameIndex(MONTHS, parts.monthName) ?? toNumber(parts.month);
  return { year, month, day: toNumber(parts.day) ?? 1, weekday };
}

/** Returns the hour from 0 to 23, or `undefined` for an hour that a 12-hour clock does not have. */
function parseHour(parts: Parts): number | undefined {
  const hour = toNumber(parts.hour) ?? 0;
  if (!parts.half) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (parts.half.toLowerCase() === 'p' ? 12 : 0);
}

/** Returns the zone of the text, or luxon's default zone. Returns `undefined` for an impossible offset. */
function parseZone(parts: Parts): FixedOffsetZone | 'default' | undefined {
  if (parts.utc) return FixedOffsetZone.utcInstance;
  if (!parts.sign) return 'default';
  // After a date without a time, an offset is ambiguous: `2019-02-03 -05` could be a range of days.
  if (!parts.hour && !parts.base) return undefined;
  const hours = Number(parts.offsetHour);
  const minutes = Number(parts.offsetMinute ?? 0);
  if (hours > 23 || minutes > 59) return undefined;
  return FixedOffsetZone.instance((parts.sign === '-' ? -1 : 1) * (hours * 60 + minutes));
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** Returns the position of a name in a list of three-letter names, from 1. */
function nameIndex(names: readonly string[], name: string | undefined): number | undefined {
  return name === undefined ? undefined : names.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}
