import { describe, throwTypeError, validateRecord } from '../base/argument.ts';

/** Query parameters by name. `null` and `undefined` are left out. */
export type QueryParams = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Returns query parameters as texts.
 *
 * @throws `TypeError` for a value of another type, and for `access_token`, which is an option of the client.
 */
export function validateQueryParams(argument: string, value: unknown): Readonly<Record<string, string>> {
  const params: Record<string, string> = {};
  for (const [name, input] of Object.entries(validateRecord(argument, value))) {
    if (input === undefined || input === null) continue;
    if (name === 'access_token') {
      throw new TypeError(`${argument}: set the access token as accessToken of the client, not as a parameter`);
    }
    if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'boolean') {
      throwTypeError(`${argument}.${describe(name).slice(1, -1)}`, input, 'a string, a number or a boolean');
    }
    params[name] = String(input);
  }
  return params;
}
