/** Values that callers give by mistake, and those that they mean. */
import { types } from 'node:util';
import fc from 'fast-check';
import { DateTime } from 'luxon';

// What throws at every question cannot be generated, since the generator asks; it is put in at the call.
const REVOKED = { stands: 'for a revoked proxy' };

/** Arguments as they are input. */
export function input(args: readonly unknown[]): unknown[] {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return args.map((arg) => (arg === REVOKED ? proxy : arg));
}

const WORDS = [
  '',
  ' ',
  '\u00a0',
  '.',
  '..',
  '/',
  '//',
  '../..',
  'bob/../peter',
  'bob/./a-show',
  '%2e%2e',
  '%2E%2e/peter',
  'bob%2fpeter',
  '%',
  '%zz',
  '%00',
  '%ff',
  'bob?x=1',
  'bob#x',
  'bob&x=1',
  'a\r\nb',
  'a\r\n\r\nb',
  'a"b',
  "a'b",
  'a\\b',
  '\0',
  '\u2028',
  '\u200b',
  '\ud800',
  'a\udc00b',
  '\ufeffbob',
  '__proto__',
  'constructor',
  'then',
  'toString',
  'null',
  'undefined',
  'NaN',
  '[object Object]',
  '-1',
  '0',
  '1e999',
  '2018-02-30',
  'x'.repeat(1000),
  '/'.repeat(800),
  'é'.repeat(400),
  'http://',
  'http://[',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:,x',
  '//evil.example/bob',
  '\\\\evil.example\\bob',
  'https:evil.example',
];

const OTHERS: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.5,
  1e-9,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  Number.MAX_VALUE,
  0n,
  10n ** 30n,
  Symbol('fuzz'),
  Symbol.iterator,
  () => 'bob',
  class {},
  [],
  {},
  [[]],
  ['bob'],
  [undefined],
  Array(3),
  new Array(100).fill('bob'),
  Object.create(null),
  JSON.parse('{"__proto__": {"timeout": 1}}'),
  JSON.parse('{"then": 1}'),
  { toString: null, valueOf: null },
  { length: 3 },
  new String('bob'),
  new Number(1),
  new Boolean(false),
  new Date(0),
  new Date(Number.NaN),
  DateTime.invalid('fuzz'),
  /bob/g,
  new Map([['timeout', 1]]),
  new Set(['bob']),
  new WeakMap(),
  new Error('fuzz'),
  new URL('https://x.example/bob'),
  new URLSearchParams('a=1'),
  new ArrayBuffer(3),
  new SharedArrayBuffer(3),
  new Uint8Array(0),
  new Float64Array(3),
  new DataView(new ArrayBuffer(3)),
  new Blob([]),
  AbortSignal.abort,
  globalThis,
  REVOKED,
  new Proxy(() => {}, {}),
];

/** Any text. */
export const anyText = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

/** Anything at all. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...OTHERS) },
  { weight: 3, arbitrary: anyText },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.integer() },
  {
    weight: 3,
    arbitrary: fc.anything({
      maxDepth: 2,
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withUnicodeString: true,
    }),
  },
);

/** Mostly what is meant, now and then anything. */
export function mostly<T>(meant: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: meant as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anyValue });
}

/** An options object: some of these, each mostly as it is meant; or one with a name of any kind; or anything. */
export function options(meant: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(meant).map(([name, value]) => [name, mostly(value)]));
  const some = fc.record(fields, { requiredKeys: [] });
  return fc
    .oneof(
      { weight: 12, arbitrary: some as fc.Arbitrary<unknown> },
      {
        weight: 1,
        arbitrary: fc.tuple(some, anyText, anyValue).map(([options, name, value]) => ({ ...options, [name]: value })),
      },
      { weight: 1, arbitrary: fc.constant(undefined) },
      { weight: 2, arbitrary: anyValue },
    )
    .map(withoutShortTimeout);
}

/** A timeout of a moment is right, but its request may arrive after the call, and would be taken for the next call's. */
function withoutShortTimeout(value: unknown): unknown {
  const timeout = isPlain(value) ? Object.getOwnPropertyDescriptor(value, 'timeout')?.value : undefined;
  return typeof timeout === 'number' && timeout > 0 && timeout < 1000 ? { ...(value as object), timeout: 5000 } : value;
}

/** The request for a page that a loop leaves unread may arrive after the call, and would be taken for the next one's. */
export function withoutShortLimit(value: unknown): unknown {
  const limit = isPlain(value) ? Object.getOwnPropertyDescriptor(value, 'limit')?.value : undefined;
  return Number.isInteger(limit) && (limit as number) >= 0 ? { ...(value as object), limit: 1000 } : value;
}

function isPlain(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Object]' && !types.isProxy(value);
}

const count = fc.nat({ max: 200 });
const moment = fc.oneof(
  fc.date({ noInvalidDate: true }),
  fc.integer({ min: 0, max: 4_000_000_000 }),
  fc.constantFrom('2018 Feb 12 13:00:00', '2019-11-10T09:33:04', DateTime.utc(2020)),
);

export const call = { timeout: fc.integer({ min: 5000, max: 60_000 }) };
export const page = { offset: count, limit: count, since: moment, until: moment, page: count, perPage: count };
export const display = {
  width: fc.integer({ min: 1, max: 2000 }),
  height: fc.integer({ min: 1, max: 2000 }),
  color: fc.constantFrom('ff8800', '#FF8800'),
};

export const anyKey = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('bob', '/peter/', 'luke/a-nice-mix', 'https://www.mixcloud.com/bob/') },
  { weight: 3, arbitrary: fc.array(anyText, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')) },
  { weight: 4, arbitrary: anyText },
  { weight: 2, arbitrary: anyValue },
);

const text = fc.oneof(fc.constantFrom('a\r\nb', 'a"b', 'Ä', 'a; filename="b"', '--x\r\n'), fc.string({ minLength: 1 }));
const few = <T>(one: fc.Arbitrary<T>, most: number) => fc.array(mostly(one), { maxLength: most });

const common = {
  ...call,
  description: text,
  tags: few(text, 6),
  sections: few(fc.dictionary(text, fc.oneof(text, count)), 3),
  publishDate: moment,
  hosts: few(text, 3),
  disableComments: fc.boolean(),
  hideStats: fc.boolean(),
  unlisted: fc.boolean(),
  extra: fc.dictionary(text, fc.oneof(text, count)),
  onProgress: fc.constant(() => {}),
  picture: fc.constantFrom<unknown>(new Uint8Array(9), new Blob(['x']), 'no-such-file.jpg'),
};

export const uploadFields = options(common);
export const editFields = options({ ...common, name: text, publish: fc.boolean(), unpublish: fc.boolean() });
export const anyName = mostly(text);
export const anyFile = mostly(
  fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 50 }),
    text.map((name) => new File(['x'], name)),
    fc.constant(new Blob(['x'])),
  ),
);
