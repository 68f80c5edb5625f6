import { describe } from '../../shared/base/argument.ts';
import { findNearest } from '../../shared/base/spelling.ts';

/** A parameter of a fault: its default, and the check of a value. */
export interface Parameter<T> {
  readonly fallback: T;
  /** Returns the value, or `undefined` if it is not one. */
  readonly parse: (value: unknown) => T | undefined;
  /** What is allowed, for error messages. */
  readonly allowed: string;
}

export type ParameterSpecs = Readonly<Record<string, Parameter<unknown>>>;

/** Values of parameters, by name. */
export type ParameterValues<S extends ParameterSpecs> = {
  readonly [K in keyof S]: S[K] extends Parameter<infer T> ? T : never;
};

/** Messages by field. */
export type Details = Readonly<Record<string, readonly string[]>>;

/** A number of at least a minimum. */
export function number(fallback: number, min = 0): Parameter<number> {
  return {
    fallback,
    parse: (value) => (typeof value === 'number' && Number.isFinite(value) && value >= min ? value : undefined),
    allowed: `a number of at least ${min}`,
  };
}

/** A number of at least 0, or nothing. */
export function optionalNumber(): Parameter<number | undefined> {
  return { ...number(0), fallback: undefined };
}

export function text(fallback: string): Parameter<string> {
  return { fallback, parse: (value) => (typeof value === 'string' ? value : undefined), allowed: 'a string' };
}

/** One of some texts. The first is the default. */
export function choice<const T extends string>(fallback: T, ...others: readonly T[]): Parameter<T> {
  const values = [fallback, ...others];
  return {
    fallback,
    parse: (value) => values.find((one) => one === value),
    allowed: values.map((one) => JSON.stringify(one)).join(' or '),
  };
}

/** Lists of messages by field, or nothing. */
export function details(): Parameter<Details | undefined> {
  return {
    fallback: undefined,
    parse: (value) => {
      if (typeof value !== 'object' || value === null) return undefined;
      const lists = Object.values(value);
      const valid = lists.every((list) => Array.isArray(list) && list.every((one) => typeof one === 'string'));
      return valid ? (value as Details) : undefined;
    },
    allowed: 'an object of lists of messages',
  };
}

/** Checks parameters, and fills in the defaults. `null` and `undefined` mean the default. */
export function validateParameters(
  fault: string,
  specs: ParameterSpecs,
  input: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  for (const name of Object.keys(input)) {
    if (Object.hasOwn(specs, name)) continue;
    const likely = findNearest(name, Object.keys(specs));
    const hint = likely === undefined ? '' : `, did you mean ${describe(likely)}?`;
    throw new TypeError(`fault: ${describe(fault)} has no parameter ${describe(name)}${hint}`);
  }
  return Object.fromEntries(
    Object.entries(specs).map(([name, { fallback, parse, allowed }]) => {
      const value = input[name];
      if (value === undefined || value === null) return [name, fallback];
      const parsed = parse(value);
      if (parsed === undefined) throw new TypeError(`fault ${name}: expected ${allowed}, but got ${describe(value)}`);
      return [name, parsed];
    }),
  );
}
