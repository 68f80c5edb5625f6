/** Checks of arguments. All of them throw before anything is sent, and say what was given and what is allowed. */
import { redactParameters } from './secret.ts';

const MAX_EXCERPT_LENGTH = 60;

/** Names a value in an error message, whatever it is, without calling any of its code. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      // A link of the API, given where a key should be, has the access token in it.
      return JSON.stringify(
        redactParameters(value.length > MAX_EXCERPT_LENGTH ? `${value.slice(0, MAX_EXCERPT_LENGTH)}…` : value),
      );
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
      return value === null ? 'null' : isArray(value) ? 'an array' : 'an object';
  }
}

// A revoked proxy throws at the mere question.
function isArray(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Throws a `TypeError` for an argument of the wrong kind. */
export function throwTypeError(argument: string, value: unknown, allowed: string): never {
  throw new TypeError(`${argument}: expected ${allowed}, but got ${describe(value)}`);
}

/** Throws a `RangeError` for an argument of the right kind that is out of bounds. */
export function throwRangeError(argument: string, value: unknown, allowed: string): never {
  throw new RangeError(`${argument}: must be ${allowed}, but got ${describe(value)}`);
}

/** A string with something in it besides white space. */
export function validateText(argument: string, value: unknown): string {
  if (typeof value !== 'string') throwTypeError(argument, value, 'a string');
  if (value.trim() === '') throwTypeError(argument, value, 'a string that is not empty');
  return value;
}

/** A whole number that is not negative. */
export function validateCount(argument: string, value: unknown, least = 0): number {
  if (typeof value !== 'number') throwTypeError(argument, value, 'a number');
  if (!Number.isSafeInteger(value) || value < least)
    throwRangeError(argument, value, `a whole number of at least ${least}`);
  return value;
}

/** A truth value; what merely looks like one is refused, because `'false'` is truthy. */
export function validateFlag(argument: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throwTypeError(argument, value, 'true or false');
  return value;
}

// The longest time that a timer takes; a longer one would fire at once.
const MAX_TIMEOUT = 2_147_483_647;

/** A time-out in milliseconds. */
export function validateMilliseconds(argument: string, value: unknown): number {
  if (typeof value !== 'number') throwTypeError(argument, value, 'a number of milliseconds');
  if (!(value > 0 && value <= MAX_TIMEOUT)) {
    throwRangeError(argument, value, `more than 0 and at most ${MAX_TIMEOUT} milliseconds`);
  }
  return value;
}

/** A mapping of options, or none. Arrays, functions and class instances of other kinds are not options. */
export function validateRecord(argument: string, value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throwTypeError(argument, value, 'an object');
  return value as Record<string, unknown>;
}
