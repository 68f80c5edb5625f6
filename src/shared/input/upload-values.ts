import { throwTypeError } from '../base/argument.ts';

/** Returns an array without holes, so that `map` skips nothing. */
export function validateList(argument: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throwTypeError(argument, value, 'an array');
  return Array.from(value);
}

/** Returns a text or a finite number as a text. */
export function validateScalar(argument: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' || !Number.isFinite(value)) throwTypeError(argument, value, 'a string or a number');
  return String(value);
}
