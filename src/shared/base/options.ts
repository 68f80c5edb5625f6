import { describe, validateRecord } from './argument.ts';
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

/**
 * Returns the options of `input` after validation.
 *
 * @throws `TypeError` for an unknown option, naming the one that was probably meant, and what the validators throw.
 */
export function validateOptions<T extends object>(argument: string, input: unknown, table: T): Validated<T> {
  const options = validateRecord(argument, input);
  const names = Object.keys(options);
  for (const name of names) if (!Object.hasOwn(table, name)) throwUnknownOption(argument, name, Object.keys(table));
  const validated: Record<string, unknown> = {};
  for (const name of names) {
    const value = options[name];
    if (value !== undefined) validated[name] = (table as Validators)[name]?.(name, value);
  }
  return validated as Validated<T>;
}

function throwUnknownOption(argument: string, name: string, known: readonly string[]): never {
  const likely = findNearest(name, known);
  const advice = likely ? `, did you mean ${describe(likely)}?` : '';
  throw new TypeError(`${argument}: unknown option ${describe(name)}${advice} (known: ${known.join(', ')})`);
}
