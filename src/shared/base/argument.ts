/** Checks of arguments. All of them throw before anything is sent, and say what was given and what is allowed. */
import { redactParameters } from './secret.ts';

const LONGEST_EXCERPT = 60;

/** Names a value in an error message, whatever it is, without calling any of its code. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      // A link of the API, given where a key should be, has the access token in it.
      return JSON.stringify(
        redactParameters(value.length > LONGEST_EXCERPT ? `${value.slice(0, LONGEST_EXCERPT)}…` : value),
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
export function refuse(argument: string, value: unknown, allowed: string): never {
  throw new TypeError(`${argument}: expected ${allowed}, but got ${describe(value)}`);
}

/** Throws a `RangeError` for an argument of the right kind that is out of bounds. */
export function refuseRange(argument: string, value: unknown, allowed: string): never {
  throw new RangeError(`${argument}: must be ${allowed}, but got ${describe(value)}`);
}

/** A string with something in it besides white space. */
export function text(argument: string, value: unknown): string {
  if (typeof value !== 'string') refuse(argument, value, 'a string');
  if (value.trim() === '') refuse(argument, value, 'a string that is not empty');
  return value;
}

/** A whole number that is not negative. */
export function count(argument: string, value: unknown, least = 0): number {
  if (typeof value !== 'number') refuse(argument, value, 'a number');
  if (!Number.isSafeInteger(value) || value < least)
    refuseRange(argument, value, `a whole number of at least ${least}`);
  return value;
}

/** A truth value; what merely looks like one is refused, because `'false'` is truthy. */
export function flag(argument: string, value: unknown): boolean {
  if (typeof value !== 'boolean') refuse(argument, value, 'true or false');
  return value;
}

// The longest time that a timer takes; a longer one would fire at once.
const LONGEST_TIMEOUT = 2_147_483_647;

/** A time-out in milliseconds. */
export function milliseconds(argument: string, value: unknown): number {
  if (typeof value !== 'number') refuse(argument, value, 'a number of milliseconds');
  if (!(value > 0 && value <= LONGEST_TIMEOUT)) {
    refuseRange(argument, value, `more than 0 and at most ${LONGEST_TIMEOUT} milliseconds`);
  }
  return value;
}

/** A mapping of options, or none. Arrays, functions and class instances of other kinds are not options. */
export function record(argument: string, value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(argument, value, 'an object');
  return value as Record<string, unknown>;
}

/** An options object whose every name is known; an unknown one is refused with the name that was probably meant. */
export function options(argument: string, value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  const given = record(argument, value);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const likely = nearest(name, known);
    throw new TypeError(
      `${argument}: unknown option ${describe(name)}${likely ? `, did you mean ${describe(likely)}?` : ''} (known: ${known.join(', ')})`,
    );
  }
  return given;
}

/** The known name that a mistyped one is nearest to, if any is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = (word: string) => word.replace(/[_-]/g, '').toLowerCase();
  // A name can be as long as its caller likes, and the distance costs the product of the lengths.
  const wanted = plain(name.slice(0, LONGEST_EXCERPT));
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const far = distance(wanted, plain(candidate));
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

/** Levenshtein's distance, by rows. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
