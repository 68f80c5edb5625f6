/** Validation of arguments. Every function throws before anything is sent, and names the argument, the value and what is allowed. */
import { isJsonObject } from './json.ts';
import { redactParameters } from './secret.ts';

const MAX_EXCERPT_LENGTH = 60;

// User and password of a URL. A password may contain an @.
const USER_INFO = /\/\/[^/?#\s]*@/g;

function toExcerpt(text: string): string {
  return text.length > MAX_EXCERPT_LENGTH ? `${text.slice(0, MAX_EXCERPT_LENGTH)}…` : text;
}

/** Returns a value as a short text for an error message. Calls no code of the value. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      // A link of the API contains the access token.
      return JSON.stringify(redactParameters(toExcerpt(value.replace(USER_INFO, '//…@'))));
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'bigint':
      return 'a bigint';
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    default:
      return value === null ? 'null' : describeObject(value as object);
  }
}

/** Names the class of an object, such as `a Map`. */
function describeObject(value: object): string {
  try {
    if (Array.isArray(value)) return 'an array';
    const prototype: object | null = Object.getPrototypeOf(value);
    // Not `value.constructor`, which may be a field or a getter.
    const type: unknown = prototype && Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    const name: unknown = typeof type === 'function' ? Object.getOwnPropertyDescriptor(type, 'name')?.value : undefined;
    if (typeof name !== 'string' || name === '' || name === 'Object') return 'an object';
    return `${/^[aeiou]/i.test(name) && !/^(?:url|uint)/i.test(name) ? 'an' : 'a'} ${name.slice(0, MAX_EXCERPT_LENGTH)}`;
  } catch {
    // A revoked proxy throws for every question.
    return 'an object';
  }
}

/** Throws the `TypeError` for an argument of the wrong type. */
export function throwTypeError(argument: string, value: unknown, allowed: string): never {
  throw new TypeError(`${argument}: expected ${allowed}, but got ${describe(value)}`);
}

/** Throws the `RangeError` for an argument of the right type that is out of bounds. */
export function throwRangeError(argument: string, value: unknown, allowed: string): never {
  throw new RangeError(`${argument}: must be ${allowed}, but got ${describe(value)}`);
}

/** Returns a string that is not blank. */
export function validateText(argument: string, value: unknown): string {
  if (typeof value !== 'string') throwTypeError(argument, value, 'a string');
  if (value.trim() === '') throwTypeError(argument, value, 'a string that is not empty');
  return value;
}

/** Returns a whole number that is at least `least`. */
export function validateCount(argument: string, value: unknown, least = 0): number {
  if (typeof value !== 'number') throwTypeError(argument, value, 'a number');
  if (!Number.isSafeInteger(value) || value < least)
    throwRangeError(argument, value, `a whole number of at least ${least}`);
  return value;
}

/** Returns a boolean. Strings are rejected, because `'false'` is truthy. */
export function validateFlag(argument: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throwTypeError(argument, value, 'true or false');
  return value;
}

/** Returns a function of the caller. Its own types are not checked. */
export function validateFunction<F = (event: never) => void>(argument: string, value: unknown): F {
  return typeof value === 'function' ? (value as F) : throwTypeError(argument, value, 'a function');
}

// The longest delay of a timer. A longer one would fire at once.
const MAX_TIMEOUT = 2_147_483_647;

/** Returns a timeout in milliseconds. */
export function validateMilliseconds(argument: string, value: unknown): number {
  if (typeof value !== 'number') throwTypeError(argument, value, 'a number of milliseconds');
  if (!(value > 0 && value <= MAX_TIMEOUT)) {
    throwRangeError(argument, value, `more than 0 and at most ${MAX_TIMEOUT} milliseconds`);
  }
  return value;
}

/** Names of the options that a value in place of the options probably means, by its type. */
export interface PositionalHint extends Readonly<Partial<Record<'number' | 'string' | 'boolean', string>>> {
  /** Do not show the value, which may be a secret. */
  readonly hidden?: boolean;
}

/**
 * Returns a plain object, or an empty one for `undefined`. Nothing of a `Map`, a `Date` or an instance of another class would
 * be read, so they are rejected.
 *
 * `hint` names the option that was meant by a value in place of the options, as in Python.
 */
export function validateRecord(
  argument: string,
  value: unknown,
  hint: PositionalHint = {},
): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (isPlainObject(value)) return value;
  const type = typeof value;
  const option = type === 'number' || type === 'string' || type === 'boolean' ? hint[type] : undefined;
  const shown = hint.hidden ? '…' : describe(value);
  const kind = type === 'object' && !/^(?:null|an array)$/.test(describe(value)) ? 'a plain object' : 'an object';
  const expected = `${kind}${option === undefined ? '' : ` such as { ${option}: ${shown} }`}`;
  if (hint.hidden && type === 'string') throw new TypeError(`${argument}: expected ${expected}, but got a string`);
  return throwTypeError(argument, value, expected);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  try {
    return isJsonObject(value);
  } catch {
    return false;
  }
}
