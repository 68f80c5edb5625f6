/** Arguments of `request`: a method, query parameters, and fields of any names. */
import { describe, throwTypeError, validateFunction, validateRecord } from '../base/argument.ts';
import { MP3_MAX_SIZE } from '../base/constants.ts';
import { isBlob, isUint8Array, isUrl } from '../base/kind.ts';
import type { OptionTable } from '../base/options.ts';
import type { Part, Progress } from '../protocol/messages.ts';
import { type FileLike, parseFileLike } from './file-like.ts';
import { type QueryParams, validateQueryParams } from './query-params.ts';
import { validateScalar } from './upload-values.ts';

/** Methods that `request` sends. */
export type RequestMethod = 'GET' | 'POST' | 'DELETE';

/**
 * Fields of a multipart body by name. A string and a number are sent as text, and a boolean as `1` or empty. A file is a `file:`
 * URL, bytes, a `Blob` or a `File`. `null` and `undefined` are left out.
 */
export type RequestFields = Readonly<Record<string, number | boolean | FileLike | null | undefined>>;

/** Options of `request`. */
export interface RequestOptions {
  /** Query parameters. */
  readonly params?: QueryParams | null | undefined;
  /** Fields of the body, of a `POST` or `DELETE` only. */
  readonly fields?: RequestFields | null | undefined;
  /** Called with the number of bytes of `fields` that were sent, at most ten times a second and once at the end. */
  readonly onProgress?: ((progress: Progress) => void) | null | undefined;
}

/** @internal */
export const REQUEST_OPTIONS = {
  params: validateQueryParams,
  fields: toFieldParts,
  onProgress: validateFunction,
} satisfies OptionTable<RequestOptions>;

const METHODS: readonly string[] = ['GET', 'POST', 'DELETE'] satisfies RequestMethod[];

/** Returns a method that the API knows. */
export function validateMethod(value: unknown): RequestMethod {
  if (typeof value === 'string' && METHODS.includes(value)) return value as RequestMethod;
  const upper = typeof value === 'string' ? value.toUpperCase() : '';
  const advice = METHODS.includes(upper) ? `; write it in upper case, '${upper}'` : '';
  return throwTypeError('method', value, `'GET', 'POST' or 'DELETE'${advice}`);
}

function toFieldParts(argument: string, value: unknown): Part[] {
  const parts: Part[] = [];
  for (const [name, input] of Object.entries(validateRecord(argument, value))) {
    if (input === undefined || input === null) continue;
    if (name === '') throwTypeError(argument, name, 'field names that are not empty');
    if (name === 'access_token') {
      throw new TypeError(`${argument}: set the access token as accessToken of the client, not as a field`);
    }
    parts.push(toFieldPart(name, `${argument}.${describe(name).slice(1, -1)}`, input));
  }
  return parts;
}

function toFieldPart(name: string, argument: string, value: unknown): Part {
  if (typeof value === 'boolean') return { name, value: value ? '1' : '' };
  if (isUint8Array(value) || isBlob(value) || (isUrl(value) && value.protocol === 'file:')) {
    return { name, file: parseFileLike(name, value, 'application/octet-stream'), maxSize: MP3_MAX_SIZE };
  }
  if (typeof value === 'string' || typeof value === 'number') return { name, value: validateScalar(argument, value) };
  return throwTypeError(argument, value, 'a string, a number, a boolean, a file: URL, a Uint8Array, a Blob or a File');
}
