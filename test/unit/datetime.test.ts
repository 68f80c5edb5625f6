import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { DateTime, FixedOffsetZone, Settings, type Zone } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DateTimeLike, formatDatetime, parseApiDate, toTimestamp } from '../../src/shared/input/datetime.ts';

const FORMATTED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const EARLIEST = Date.parse('0001-01-01T00:00:00Z') / 1000;
const LATEST = Date.parse('9999-12-31T23:59:59Z') / 1000;

/** The texts of a list that is easier to read than one of quoted lines. */
const listed = (list: string) => list.split(/\n? +\| /);

/** Passes anything at all, as a caller without types can. */
const format = (value: unknown) => formatDatetime(value as DateTimeLike);

const original = Settings.defaultZone;
beforeEach(() => {
  Settings.defaultZone = 'Europe/Athens';
});
afterEach(() => {
  Settings.defaultZone = original;
  Settings.throwOnInvalid = false;
  Settings.now = Date.now;
});

/** What was given, what it is in Athens, and what it is in UTC, if that differs. */
const READABLE: ReadonlyArray<readonly [input: DateTimeLike, athens: string, utc?: string]> = [
  ['2018 Feb 12 13:00:00', '2018-02-12T11:00:00Z', '2018-02-12T13:00:00Z'],
  ['2019 March 28 21:15:04', '2019-03-28T19:15:04Z', '2019-03-28T21:15:04Z'],
  ['2019-11-10T09:33:04', '2019-11-10T07:33:04Z', '2019-11-10T09:33:04Z'],
  ['11-12-2018 09:41:05', '2018-11-12T07:41:05Z', '2018-11-12T09:41:05Z'],
  ['10-03-2019', '2019-10-02T21:00:00Z', '2019-10-03T00:00:00Z'],
  ['03/09/2017', '2017-03-08T22:00:00Z', '2017-03-09T00:00:00Z'],
  ['17/06/2019', '2019-06-16T21:00:00Z', '2019-06-17T00:00:00Z'],
  ['Jan 1, 2020 12:33:11', '2020-01-01T10:33:11Z', '2020-01-01T12:33:11Z'],
  ['2020, Sept 3, 00:03:00 UTC', '2020-09-03T00:03:00Z'],
  ['August 1, 2016 00:00:00GMT', '2016-08-01T00:00:00Z'],
  ['2020 April 17, 02:58:04 +03', '2020-04-16T23:58:04Z'],
  ['2018-02-12T13:00:28 GMT-2', '2018-02-12T15:00:28Z'],
  ['Mon, 25 Dec 1995 13:30:00 GMT', '1995-12-25T13:30:00Z'],
  ['20180212T130000Z', '2018-02-12T13:00:00Z'],
  ['1515931200', '2018-01-14T12:00:00Z'],
  [1515931200, '2018-01-14T12:00:00Z'],
  // Numbers and objects.
  [-0.5, '1969-12-31T23:59:59Z'],
  ['-1', '1969-12-31T23:59:59Z'],
  ['+60', '1970-01-01T00:01:00Z'],
  ['2018', '1970-01-01T00:33:38Z'],
  ['20180212', '2018-02-11T22:00:00Z', '2018-02-12T00:00:00Z'],
  [new Date(1515931200999), '2018-01-14T12:00:00Z'],
  [runInNewContext('new Date(0)'), '1970-01-01T00:00:00Z'],
  [new Date(-1), '1969-12-31T23:59:59Z'],
  [new Date(-1001), '1969-12-31T23:59:58Z'],
  [DateTime.fromISO('2018-01-14T12:00:00+05:00', { setZone: true }), '2018-01-14T07:00:00Z'],
  [EARLIEST, '0001-01-01T00:00:00Z'],
  [LATEST, '9999-12-31T23:59:59Z'],
  // Layouts.
  ['2019/11/10', '2019-11-09T22:00:00Z', '2019-11-10T00:00:00Z'],
  ['2019.1.2 3:04', '2019-01-02T01:04:00Z', '2019-01-02T03:04:00Z'],
  ['  FRIDAY,  2nd   february 2018,  1:00pm Z ', '2018-02-02T13:00:00Z'],
  ['12-Feb-2018 12:30 a.m. UTC', '2018-02-12T00:30:00Z'],
  ['Feb. 12th 2018 12 PM UTC', '2018-02-12T12:00:00Z'],
  ['Mon Feb 12 13:00:00 UTC 2018', '2018-02-12T13:00:00Z'],
  ['2018-02-12 13:00:00.999999 UTC', '2018-02-12T13:00:00Z'],
  ['2018-02-12 UTC', '2018-02-12T00:00:00Z'],
  ['2018-02-12T24:00:00Z', '2018-02-13T00:00:00Z'],
  ['2018-02-12T13:00 UTC+5:30', '2018-02-12T07:30:00Z'],
  ['2018-02-12T13:00+0530', '2018-02-12T07:30:00Z'],
  ['2018-02-12T13:00-05:30', '2018-02-12T18:30:00Z'],
  ['2018-02-12T130000,5+02', '2018-02-12T11:00:00Z'],
  ['20180212T13Z', '2018-02-12T13:00:00Z'],
  ['201802121300', '2018-02-12T11:00:00Z', '2018-02-12T13:00:00Z'],
  ['20180212130059', '2018-02-12T11:00:59Z', '2018-02-12T13:00:59Z'],
  // Of no date in the years 1900 to 2099, so these are seconds.
  ['20180230', '1970-08-22T13:37:10Z'],
  ['18000101', '1970-07-28T08:01:41Z'],
  ['201802129900', '8364-11-08T19:11:40Z'],
  ['2018-043T13:00Z', '2018-02-12T13:00:00Z'],
  ['2018-W07-1T13:00Z', '2018-02-12T13:00:00Z'],
  ['2018-W07', '2018-02-11T22:00:00Z', '2018-02-12T00:00:00Z'],
  ['2018-02', '2018-01-31T22:00:00Z', '2018-02-01T00:00:00Z'],
  ['29 Feb 2020 00:00 UTC', '2020-02-29T00:00:00Z'],
  // Athens skips 03:00 to 04:00 on the first day, and has that hour twice on the second.
  ['2019-03-31 03:30', '2019-03-31T01:30:00Z', '2019-03-31T03:30:00Z'],
  ['2019-10-27 03:30', '2019-10-27T00:30:00Z', '2019-10-27T03:30:00Z'],
];

const fail = () => {
  throw new RangeError('hostile');
};
const revoked = Proxy.revocable({}, {});
revoked.revoke();

const UNREADABLE_TEXTS = [
  ...listed(`random text | 31/31/2019 | 2018-02-30 | see you in May 2019 maybe
    | May | May 2019 | 12 Feb | today | Monday | 10:00 | T10:00 | 1030+02 | ٢٠١٨-٠٢-١٢
    | Tue, 25 Dec 1995 13:30:00 GMT | 29 Feb 2019 | 2019-02-29 | 13/13/2019 | 0/1/2019 | 2018-366 | 2018-W53
    | 2018-02-12 25:00 | 2018-02-12T25:00 | 2018-02-12 10:60 | 2018-02-12 10:00:60 | 2018-02-12 24:00:01
    | 2018-02-12 13:00 pm | 2018-02-12 0:30 am | 2018-02-12 13 | 2018-02-12 10:00:00:00 | 2018-02-12T10:00 am pm
    | 2018-02-12 13:00 EST | 2018-02-12T13:00[Europe/Athens] | 2018-02-12 13:00 Z+03 | 2018-02-12 13:00 +530
    | 2018-02-12T13:00+24:00 | 2018-02-12T13:00+02:60 | 2018-02-12 -05 | 2018-02-12 13:00 +
    | 2018-02/12 | 2018-0212T10:00 | 12-02-18 | 12 Feb 18 | Feb 12 018 | 2018 Febr 12 | 2018 02 12
    | 2018-02-12 2018 | 2018-02-12, | 1515931200 UTC | 1515931200.5 | 1e9 | 0x10 | --1 | 1515931200000
    | 0000-01-01 | 0001-01-01T00:00:00+01:00 | 9999-12-31T23:59:59-01:00`),
  ...['', ' ', '9'.repeat(99), '9'.repeat(1e6), `${' '.repeat(1e6)}2018-02-12`, `2018 Feb 12${' '.repeat(85)}x`],
];

const UNREADABLE: ReadonlyArray<readonly [name: string, value: unknown]> = [
  ...UNREADABLE_TEXTS.map((text) => [JSON.stringify(text.slice(0, 60)), text] as const),
  ['an array', []],
  ['an array that prints as a date', ['2018-02-12']],
  ['an object', {}],
  ['an object without a prototype', Object.create(null)],
  ['true', true],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['a number too small', EARLIEST - 1],
  ['a number too big', LATEST + 1],
  ['null', null],
  ['undefined', undefined],
  ['a symbol', Symbol('2018-02-12')],
  ['a bigint', 1515931200n],
  ['a function', () => 1515931200],
  ['a boxed number', Object(1515931200)],
  ['a boxed string', Object('2018-02-12')],
  ['an invalid Date', new Date(Number.NaN)],
  ['a Date out of range', new Date(8.64e15)],
  ['an object that claims to be a Date', { [Symbol.toStringTag]: 'Date', getTime: () => 0 }],
  ['a proxy of a Date', new Proxy(new Date(0), {})],
  ['an invalid DateTime', DateTime.invalid('test')],
  ['a DateTime without a time', Object.create({ isLuxonDateTime: true, isValid: true, toMillis: () => 'x' })],
  ['a DateTime out of range', DateTime.fromMillis(LATEST * 1000 + 1000)],
  ['an object with the mark of a DateTime', { isLuxonDateTime: true }],
  ['an object with all that a DateTime has', { isLuxonDateTime: true, isValid: true, toMillis: () => 0 }],
  ['a copy of a DateTime', { ...DateTime.now() }],
  ['a DateTime that throws', Object.create({ isLuxonDateTime: true, isValid: true, toMillis: fail })],
  ['an object that throws as a string', { toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail }],
  ['a proxy that throws', new Proxy({}, { get: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail })],
  ['a revoked proxy', revoked.proxy],
];

describe('a readable value', () => {
  for (const zone of ['Europe/Athens', 'UTC']) {
    const rows = READABLE.map(([input, athens, utc = athens]) => [input, zone === 'UTC' ? utc : athens] as const);
    it.each(rows)(`is read in ${zone}: %s`, (input, expected) => {
      Settings.defaultZone = zone;
      expect(formatDatetime(input)).toBe(expected);
      expect(toTimestamp(input)).toBe(Date.parse(expected) / 1000);
    });
  }

  it('gives zero, never minus zero', () => {
    expect(toTimestamp('-0')).toBe(0);
    expect(toTimestamp(-0)).toBe(0);
  });

  it('is the first of two local times, whichever offset is in force today', () => {
    for (const now of ['2020-01-01', '2020-07-01']) {
      Settings.now = () => Date.parse(now);
      expect(formatDatetime('27 October 2019 03:30')).toBe('2019-10-27T00:30:00Z');
    }
  });
});

describe('an unreadable value', () => {
  it.each(UNREADABLE)('is a TypeError: %s', (_name, value) => {
    expect(() => format(value)).toThrow(TypeError);
    expect(() => toTimestamp(value as DateTimeLike, 'since')).toThrow(/^since: cannot read .{1,70} as a datetime; /);
  });

  it('is a TypeError when luxon is set to throw', () => {
    Settings.throwOnInvalid = true;
    expect(() => format('2018-02-30')).toThrow(TypeError);
    expect(parseApiDate('2018-02-30T00:00:00Z')).toBeUndefined();
  });

  it('is a TypeError for a local time in an unknown zone', () => {
    Settings.defaultZone = 'Nowhere/Land';
    expect(() => format('2018-02-12')).toThrow(TypeError);
    expect(format('2018-02-12T00:00:00Z')).toBe('2018-02-12T00:00:00Z');
  });

  it('is named, with what can be given instead', () => {
    expect(() => toTimestamp('random text', 'since')).toThrow(
      'since: cannot read "random text" as a datetime; give a DateTime, a Date, UNIX seconds, ' +
        'an ISO 8601 string or a date such as "2018 Feb 12 13:00:00"',
    );
    expect(() => toTimestamp(1515931200000)).toThrow('value: cannot read 1515931200000 as a datetime; it is outside');
    expect(() => toTimestamp(DateTime.invalid('test'))).toThrow('cannot read an invalid DateTime');
    expect(() => toTimestamp(new Date(Number.NaN))).toThrow('cannot read an invalid Date');
  });
});

const DATES =
  listed(`yyyy-MM-dd | yyyy/M/d | yyyy.MM.dd | M-d-yyyy | MM/dd/yyyy | yyyy LLL d | yyyy, LLLL d | LLL. d yyyy
  | LLLL d, yyyy | d LLL yyyy | dd-LLL-yyyy | ccc, d LLL yyyy | cccc yyyy-MM-dd | LLL d'th' yyyy`);
const TIMES = [' H:mm:ss', "'T'HH:mm:ss", ' HH:mm:ss.SSS', ' h:mm:ss a', '  hh:mm:ssa', ', H:mm:ss,u'];
const OFFSETS = ['Z', 'ZZ', 'ZZZ', "'GMT'ZZ", "'UTC'Z", ' ZZ', " 'utc' Z"];
const WHOLE = listed(`yyyyMMdd'T'HHmmssZZZ | yyyy-ooo'T'HH:mm:ssZZ | kkkk-'W'WW-c'T'HH:mm:ssZZ | kkkk'W'WWc'T'HHmmssZZZ
  | ccc LLL d HH:mm:ss 'UTC'ZZ yyyy | cccc, LLLL d, H:mm:ss ZZZ yyyy`);

const joined = (...lists: string[][]) =>
  fc.tuple(...lists.map((list) => fc.constantFrom(...list))).map((pieces) => pieces.join(''));
const layouts = fc.oneof(joined(DATES, TIMES, OFFSETS), fc.constantFrom(...WHOLE));
const instants = fc.integer({ min: EARLIEST + 86_400, max: LATEST - 86_400 });
const offsets = fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarters) => quarters * 15);
const print = (seconds: number, layout: string, zone: string | Zone) =>
  DateTime.fromSeconds(seconds, { zone, locale: 'en-US' }).toFormat(layout);

describe('any text', () => {
  it('reads back as the instant it was written for', () => {
    fc.assert(
      fc.property(instants, layouts, offsets, (seconds, layout, offset) => {
        expect(toTimestamp(print(seconds, layout, FixedOffsetZone.instance(offset)))).toBe(seconds);
      }),
      { numRuns: 500 },
    );
  });

  it('reads back as the first instant that its local time stands for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), joined(DATES, TIMES), (seconds, layout) => {
        const [first] = DateTime.fromSeconds(seconds).getPossibleOffsets();
        expect(toTimestamp(print(seconds, layout, 'Europe/Athens'))).toBe(first?.toSeconds());
      }),
      { numRuns: 300 },
    );
  });

  it('is refused with another word behind it', () => {
    const texts = READABLE.map(([input]) => input).filter((input) => typeof input === 'string');
    const zoneOrHalf = /^,*(?:(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?|utc|gmt|z|[ap]\.?m\.?)$/i;
    const words = fc
      .oneof(fc.stringMatching(/^\S{1,8}$/), fc.constantFrom('May', '5', '2018', '10', 'maybe', 'EST', '-', ',', '.'))
      .filter((word) => !zoneOrHalf.test(word));
    fc.assert(
      fc.property(fc.constantFrom(...texts), words, (text, word) => {
        expect(() => format(`${text.trim()} ${word}`)).toThrow(TypeError);
      }),
      { numRuns: 500 },
    );
  });

  it('is read or is a TypeError, as is any other value', () => {
    const pieces = [' ', ...listed('2018 | 12 | 3 | - | / | : | , | T | Z | Feb | Mon | + | pm | GMT | W | .')];
    const texts = fc.array(fc.constantFrom(...pieces)).map((some) => some.join(''));
    const others = fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true });
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary' }), others), (value) => {
        try {
          expect(format(value)).toMatch(FORMATTED);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('readApiDate', () => {
  it.each([
    ['2018-03-10T07:32:00Z', '2018-03-10T07:32:00.000Z'],
    ['2018-03-10T07:32:00.125Z', '2018-03-10T07:32:00.125Z'],
    ['2018-03-10T07:32:00+02:00', '2018-03-10T05:32:00.000Z'],
    ['2018-03-10T07:32:00-0230', '2018-03-10T10:02:00.000Z'],
    ['2020-02-29T23:59:59Z', '2020-02-29T23:59:59.000Z'],
  ])('reads %s in UTC', (text, expected) => {
    const read = parseApiDate(text);
    expect(read?.toISO()).toBe(expected);
    expect(read?.zone).toBe(FixedOffsetZone.utcInstance);
  });

  it.each([
    ...listed(`May | 10 | 2019-02-03 | 2019-02-03T10:00:00 | 2018-02-30T00:00:00Z | 2019-02-29T00:00:00Z
      | 2018-03-10T07:32Z | 2018-03-10 07:32:00Z | 20180310T073200Z | 2018-03-10t07:32:00z | 2018-13-10T07:32:00Z
      | 2018-03-10T25:00:00Z | 2018-03-10T07:60:00Z | 2018-03-10T07:32:60Z | 2018-03-10T07:32:00+24:00
      | 2018-03-10T07:32:00 GMT | 2018-03-10T07:32:00.Z`),
    ...['', '2018-03-10T07:32:00Z ', ' 2018-03-10T07:32:00Z', '2018-03-10T07:32:00Z\n'],
  ])('leaves %j alone', (text) => {
    expect(parseApiDate(text)).toBeUndefined();
  });

  it('agrees with luxon on what has the form of a date', () => {
    const digits = (max: number, width = 2) =>
      fc.integer({ min: 0, max }).map((number) => String(number).padStart(width, '0'));
    const date = fc.tuple(digits(9999, 4), digits(13), digits(32)).map((pieces) => pieces.join('-'));
    const time = fc.tuple(digits(25), digits(61), digits(61)).map((pieces) => pieces.join(':'));
    const fraction = fc.option(fc.stringMatching(/^[.,]\d{1,9}$/), { nil: '' });
    const zone = fc.oneof(fc.constant('Z'), fc.stringMatching(/^[+-]([01]\d|2[0-3])(:?[0-5]\d)?$/));
    fc.assert(
      fc.property(date, time, fraction, zone, (...[day, deadline, ...rest]) => {
        const text = `${day}T${deadline}${rest.join('')}`;
        const expected = DateTime.fromISO(text, { zone: 'utc' });
        expect(parseApiDate(text)?.toMillis()).toBe(expected.isValid ? expected.toMillis() : undefined);
      }),
      { numRuns: 1000 },
    );
  });
});
