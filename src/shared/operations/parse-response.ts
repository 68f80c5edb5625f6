/** Parses responses: resources, lists, other objects and errors. */
import { isJsonObject, type JsonObject } from '../base/json.ts';
import type { ApiRequest, ApiResponse } from '../protocol/messages.ts';
import { createStatusError, type ErrorInfo, isApiError, toApiError, toDecodeError } from './api-error.ts';
import { type ClientContext, MODELS } from './client-context.ts';

/** What a body must be. Anything else is unreadable. */
export type ExpectedBody =
  /** Any JSON object. */
  | 'object'
  /** An object that never becomes a resource, although it may have a `type`. */
  | 'dict'
  /** An object with a `data` array. */
  | 'list'
  /** An object with a `result` object, as the API answers uploads and edits. */
  | 'result';

/** Options of {@link parseResponse}. */
export interface ParseOptions {
  /** Whether to create a method for each connection of a resource. */
  readonly createConnections?: boolean;
  /**
   * What the body must be.
   *
   * @defaultValue `'object'`
   */
  readonly expected?: ExpectedBody;
  /** Throw for an unreadable body, whatever `raiseExceptions` says. */
  readonly strict?: boolean;
}

/** A parsed body. */
export type ParsedBody =
  | { readonly type: 'data'; readonly data: JsonObject }
  | { readonly type: 'error'; readonly unreadable: boolean; readonly error: ErrorInfo };

const EXPECTATIONS: Readonly<Record<ExpectedBody, string>> = {
  object: 'a JSON object',
  dict: 'a JSON object',
  list: 'a JSON object with a data array',
  result: 'a JSON object with a result',
};

/** Returns the data of a response, or the error that it is. */
export function parseBody(
  context: ClientContext,
  request: ApiRequest,
  response: ApiResponse,
  expected: ExpectedBody,
): ParsedBody {
  const unreadable = (found: string, cause?: unknown): ParsedBody => {
    const error = toDecodeError(request, response, EXPECTATIONS[expected], found, cause);
    return { type: 'error', unreadable: true, error };
  };
  const body = decode(context, response);
  if (body.type === 'unreadable') return unreadable(body.found, body.cause);
  const { data } = body;
  if (isApiError(response, data)) {
    return { type: 'error', unreadable: false, error: toApiError(request, response, data) };
  }
  if (expected === 'list' && !Array.isArray(data.data)) return unreadable('an object without a data array');
  if (expected === 'result' && !isJsonObject(data.result)) return unreadable('an object without a result');
  return { type: 'data', data };
}

/** Returns the model of a JSON response: a resource, a list, another object or an error response. */
export function parseResponse(
  context: ClientContext,
  request: ApiRequest,
  response: ApiResponse,
  options: ParseOptions = {},
): object {
  const { [MODELS]: models } = context;
  const { expected = 'object', createConnections = true } = options;
  const body = parseBody(context, request, response, expected);
  if (body.type === 'error') {
    if (context.raiseExceptions || (options.strict && body.unreadable)) throw body.error.create();
    return models.error(body.error);
  }
  const { data } = body;
  if (expected === 'dict' || expected === 'result') return models.dict(data);
  if (Array.isArray(data.data)) return models.resourceList(data);
  if (typeof data.type === 'string') return models.resource(data, true, createConnections);
  return models.dict(data);
}

/** Returns the text of a response. Throws every error, because a text cannot say that it is one. */
export function parseTextResponse(context: ClientContext, request: ApiRequest, response: ApiResponse): string {
  const { text, status } = response;
  // Errors are JSON even where a text is expected.
  const body = text.trimStart().startsWith('{') ? decode(context, response) : undefined;
  if (body?.type === 'object' && isApiError(response, body.data)) {
    throw toApiError(request, response, body.data).create();
  }
  if (status >= 300) throw createStatusError(request, response);
  if (text.trim() === '') throw toDecodeError(request, response, 'a text', 'an empty body', undefined).create();
  return text;
}

type DecodedBody =
  | { readonly type: 'object'; readonly data: JsonObject }
  | { readonly type: 'unreadable'; readonly found: string; readonly cause: unknown };

// Ignores the content type: the API sends JSON as JavaScript, and errors as HTML.
function decode(context: ClientContext, response: ApiResponse): DecodedBody {
  const { jsonDecoder } = context;
  const { text } = response;
  let value: unknown;
  try {
    value = jsonDecoder(text);
  } catch (cause) {
    // A decoder that fails for valid JSON has a fault of its own, which its owner must see.
    if (jsonDecoder !== JSON.parse && isJson(text)) throw cause;
    return { type: 'unreadable', found: describeBody(response), cause };
  }
  if (isDecodedObject(value)) return { type: 'object', data: value };
  return { type: 'unreadable', found: describeDecoded(value), cause: undefined };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a decoder returned an object: a plain one, or an instance of a class with fields, but no array and no `Map`. */
function isDecodedObject(value: unknown): value is JsonObject {
  return isJsonObject(value) || Object.prototype.toString.call(value) === '[object Object]';
}

function describeBody({ text, contentType }: ApiResponse): string {
  if (text.trim() === '') return 'an empty body';
  const [type = ''] = (contentType ?? '').split(';');
  if (type.trim() === '') return 'a body without a content type';
  return /json|javascript/i.test(type) ? `invalid JSON (${type.trim()})` : type.trim();
}

function describeDecoded(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object of another class' : `a ${typeof value}`;
}
