/** Validates the arguments of the models' constructors, which callers may use by hand. */
import { throwTypeError } from '../base/argument.ts';
import { isJsonObject, type JsonObject } from '../base/json.ts';
import type { ClientContext } from '../operations/client-context.ts';
import { MODE, RUN } from '../operations/mode.ts';

// Libraries that copy objects call constructors without arguments.
const COPY_HINT = '; to copy a model, copy model.data';

/** A decoded JSON object. */
export function validateData(value: unknown): JsonObject {
  return isJsonObject(value) ? value : throwTypeError('data', value, `a JSON object${COPY_HINT}`);
}

/** A decoded JSON array. */
export function validateArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : throwTypeError('data', value, `an array${COPY_HINT}`);
}

/** A client, of the mode whose client class is `mode`, if one is named. */
export function validateClient<C extends object = ClientContext>(value: unknown, mode?: string): C {
  const client = (typeof value === 'object' && value !== null ? value : {}) as { [RUN]?: unknown; [MODE]?: unknown };
  const expected = `a ${mode ?? 'Mixcloud or a MixcloudSync'}`;
  if (typeof client[RUN] !== 'function') {
    throwTypeError('mixcloud', value, value === undefined ? `${expected}${COPY_HINT}` : expected);
  }
  if (mode !== undefined && client[MODE] !== undefined && client[MODE] !== mode) {
    throw new TypeError(`mixcloud: expected ${expected}, but got a client of the other mode`);
  }
  return value as C;
}

/** Whether a constructor was called with a length, as libraries that copy arrays do. */
export function isLength(data: unknown, client: unknown): data is number {
  return client === undefined && typeof data === 'number' && Number.isInteger(data) && data >= 0 && data < 2 ** 32;
}
