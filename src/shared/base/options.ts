import { describe, type PositionalHint, validateRecord } from './argument.ts';
import { findNearest } from './spelling.ts';

/** Validates one option. `argument` is the name that an error message shows. Throws `TypeError` or `RangeError`. */
export type Validator<T = unknown> = (argument: string, value: unknown) => T;

/** One validator for each option. */
export type Validators = Readonly<Record<string, Validator>>;

/**
 * The validators of an options interface. The compiler checks that every option of `O` has one, so no list of names can
 * get out of step with the interface.
 */
export type OptionTable<O> = { readonly [K in keyof O]-?: Validator };

/** Options after validation. An option that was not given is missing. */
export type Validated<T> = {
  readonly [K in keyof T]?: (NonNullable<T[K]> extends Validator<infer V> ? V : never) | undefined;
};

// Options that a table knows only to explain that they do not exist there.
const REJECTED = new WeakSet<Validator>();

/** Returns a validator for an option that exists elsewhere. It throws a `TypeError` with `advice`. */
export function rejectOption(advice: string): Validator<undefined> {
  const reject = (argument: string): never => {
    throw new TypeError(`${argument}: ${advice}`);
  };
  REJECTED.add(reject);
  return reject;
}

const joined = new WeakMap<object, WeakMap<object, object>>();

/** Returns the validators of both tables. The result is kept: both are constants, and every call of a method needs it. */
export function joinTables<A extends object, B extends object>(first: A, second: B): A & B {
  const kept = joined.get(first) ?? new WeakMap<object, object>();
  joined.set(first, kept);
  const table = kept.get(second) ?? { ...first, ...second };
  kept.set(second, table);
  return table as A & B;
}

/**
 * Returns the options of `input` after validation. `null` and `undefined` mean that an option is not given.
 *
 * `hint`: see {@link validateRecord}.
 *
 * @throws `TypeError` for an unknown option, naming the one that was probably meant, and what the validators throw.
 */
export function validateOptions<T extends object>(
  argument: string,
  input: unknown,
  table: T,
  hint?: PositionalHint,
): Validated<T> {
  // It may be an access token, and is not shown.
  if (typeof input === 'string' && hint?.string === undefined) {
    throw new TypeError(`${argument}: expected an object, but got a string`);
  }
  const options = validateRecord(argument, input, hint);
  const validators = table as Validators;
  const names = Object.keys(options);
  for (const name of names) if (!Object.hasOwn(table, name)) throwUnknownOption(argument, name, validators);
  const validated: Record<string, unknown> = {};
  for (const name of names) {
    const value = options[name];
    if (value !== undefined && value !== null) validated[name] = validators[name]?.(name, value);
  }
  return validated as Validated<T>;
}

function throwUnknownOption(argument: string, name: string, validators: Validators): never {
  const known = Object.keys(validators).filter((option) => !REJECTED.has(validators[option] as Validator));
  const likely = findNearest(name, known);
  const advice = likely ? `, did you mean ${describe(likely)}?` : '';
  throw new TypeError(`${argument}: unknown option ${describe(name)}${advice} (known: ${known.join(', ')})`);
}
