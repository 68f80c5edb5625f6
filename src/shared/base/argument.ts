/** Validation of arguments. Every function throws before anything is sent, and names the argument, the value and what is allowed. */
import { redactParameters } from './secret.ts';

const MAX_EXCERPT_LENGTH = 60;

/** Returns a value as a short text for an error message. Calls no code of the value. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      // A link of the API contains the access token.
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

// `Array.isArray` throws for a revoked proxy.
function isArray(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
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

/** Returns an object, or an empty one for `undefined`. */
export function validateRecord(argument: string, value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throwTypeError(argument, value, 'an object');
  return value as Record<string, unknown>;
}
