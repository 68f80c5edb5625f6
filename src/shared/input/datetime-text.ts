import { DateTime, FixedOffsetZone } from 'luxon';

/** The named parts of a text that fits a layout; those that the layout leaves open are undefined. */
type Parts = Readonly<Record<string, string | undefined>>;

// No layout comes near it, and a hostile text then costs nothing.
const MAX_TEXT_LENGTH = 100;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

let layouts: readonly RegExp[] | undefined;

/**
 * Reads a whole text as a datetime, as whole UNIX seconds, or gives `undefined`.
 *
 * Digits alone are seconds already, however much they look like a year or a date (`20180212`). A time without a zone is
 * in luxon's default zone. Where clocks go back, such a time happens twice and the first is meant; where they go forward,
 * one that is skipped is read as so much later (luxon's rule), which is what a clock nobody had set yet would show.
 */
export function parseDateText(text: string): number | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const trimmed = text.trim();
  if (/^[+-]?\d+$/.test(trimmed)) return Number(trimmed);
  layouts ??= compileLayouts();
  for (const layout of layouts) {
    const parts = layout.exec(trimmed)?.groups;
    if (parts) return parseParts(parts);
  }
  return undefined;
}

/** Runs luxon's reading of a datetime; `undefined` if there is no such moment. */
export function ifValid(read: () => DateTime): DateTime | undefined {
  try {
    const datetime = read();
    return datetime.isValid ? datetime : undefined;
  } catch {
    // An application may have set `Settings.throwOnInvalid`.
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

  // Fractions of a second are rounded down, so their digits need not be kept.
  const seconds = '(?<second>\\d\\d)(?:[.,]\\d+)?';
  const half = '(?<half>[ap])\\.?m\\.?';
  const deadline = `(?=\\d\\d?(?::|\\s*[ap]))(?<hour>\\d\\d?)(?::(?<minute>\\d\\d)(?::${seconds})?)?(?:\\s*${half})?`;
  const isoClock = `(?<hour>\\d\\d)(?::?(?<minute>\\d\\d)(?::?${seconds})?)?`;

  const offset = '(?<sign>[+-])(?<offsetHour>\\d\\d|\\d(?!\\d))(?::?(?<offsetMinute>\\d\\d))?';
  const zone = `(?:(?:${gap})?(?:(?<base>utc|gmt)?\\s*${offset}|(?<utc>z|utc|gmt)))?`;
  const tail = `(?:(?:${gap}|T)${deadline})?${zone}`;
  const isoTail = `(?:T${isoClock}${zone})?`;

  return [
    `${weekday}${year}${mark}${month}\\k<mark>${day}${tail}`,
    `${weekday}(?<one>\\d\\d?)${mark}(?<two>\\d\\d?)\\k<mark>${year}${tail}`,
    `${weekday}${year}${join}${monthName}${join}${nth}${tail}`,
    `${weekday}${monthName}${join}${nth}${join}${year}${tail}`,
    `${weekday}${nth}${join}${monthName}${join}${year}${tail}`,
    // As C's `ctime` and the `date` command print it.
    `${weekday}${monthName}${gap}${nth}${gap}${deadline}${zone}${gap}${year}`,
    // The rest of ISO 8601: basic times and dates, days and weeks of the year, and the start of a month or week.
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
  // Left alone, luxon picks one of two moments by the offset of the day on which the program runs.
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

/** The hour of a day of 24; `undefined` for an hour that a clock of twelve does not have. */
function parseHour(parts: Parts): number | undefined {
  const hour = toNumber(parts.hour) ?? 0;
  if (!parts.half) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (parts.half.toLowerCase() === 'p' ? 12 : 0);
}

/** The zone that the text names, or luxon's default zone; `undefined` for an offset that no zone can have. */
function parseZone(parts: Parts): FixedOffsetZone | 'default' | undefined {
  if (parts.utc) return FixedOffsetZone.utcInstance;
  if (!parts.sign) return 'default';
  // Behind a date alone, bare digits may be anything: `2019-02-03 -05` could be a span of days.
  if (!parts.hour && !parts.base) return undefined;
  const hours = Number(parts.offsetHour);
  const minutes = Number(parts.offsetMinute ?? 0);
  if (hours > 23 || minutes > 59) return undefined;
  return FixedOffsetZone.instance((parts.sign === '-' ? -1 : 1) * (hours * 60 + minutes));
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** The place of a name in a list of names of three letters, counted from one. */
function nameIndex(names: readonly string[], name: string | undefined): number | undefined {
  return name === undefined ? undefined : names.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}
