import { getRetryAfter } from '../protocol/rate-limit.ts';
/** Parses responses: resources, lists, other objects and errors. */

import { isJsonObject, type JsonObject, toJsonText } from '../base/json.ts';
import {
  type ErrorDetails,
  MixcloudAuthorizationError,
  MixcloudDecodeError,
  MixcloudError,
  type MixcloudErrorInit,
  MixcloudRateLimitError,
} from '../protocol/errors.ts';
import { describeRequest } from '../protocol/failure.ts';
import type { ApiRequest, ApiResponse } from '../protocol/messages.ts';
import type { ClientContext } from './client-context.ts';

const MAX_EXCERPT_LENGTH = 200;
const MIN_ERROR_STATUS = 400;

/** Options of {@link parseResponse}. */
export interface ParseOptions {
  /** Whether to create a method for each connection of a resource. */
  readonly createConnections?: boolean;
  /** Throw for an unreadable body, whatever `raiseExceptions` says. */
  readonly strict?: boolean;
  /** Throw every error, whatever `raiseExceptions` says. */
  readonly raise?: boolean;
}

/** Returns the model of a JSON response. */
export function parseResponse(
  context: ClientContext,
  request: ApiRequest,
  response: ApiResponse,
  reading: ParseOptions = {},
): object {
  const { models } = context;
  const raise = reading.raise ?? context.raiseExceptions;
  const body = decode(context, response);
  if (body.type === 'unreadable') {
    if (raise || reading.strict) throw toDecodeError(request, response, body.cause);
    return models.dict({});
  }
  const { data } = body;
  if (isApiError(response, data)) {
    if (raise) throw toApiError(request, response, data);
    return models.dict(data);
  }
  if (Array.isArray(data.data)) return models.resourceList(data);
  if (typeof data.type === 'string') return models.resource(data, true, reading.createConnections ?? true);
  return models.dict(data);
}

/** Returns the text of a response. Errors are JSON even where a text is expected. */
export function parseTextResponse(context: ClientContext, request: ApiRequest, response: ApiResponse): string | object {
  const body = response.text.trimStart().startsWith('{') ? decode(context, response) : undefined;
  if (response.status < MIN_ERROR_STATUS && !(body?.type === 'object' && isApiError(response, body.data)))
    return response.text;
  return parseResponse(context, request, response);
}

/** Returns whether a response is an error of the API. */
export function isApiError(response: ApiResponse, data: JsonObject): boolean {
  return response.status >= MIN_ERROR_STATUS || typeof data.error === 'string' || isJsonObject(data.error);
}

/** Returns the error class for a response. */
export function toApiError(request: ApiRequest, response: ApiResponse, data: JsonObject): MixcloudError {
  // The API documents an object. The exchange of OAuth codes fails with a string.
  const error: JsonObject = isJsonObject(data.error) ? data.error : {};
  const { type: givenType, message: givenMessage, details, ...extra } = error;
  const type = typeof givenType === 'string' ? givenType : null;
  const spoken = typeof givenMessage === 'string' ? givenMessage : data.error;
  const message =
    typeof spoken === 'string' ? spoken : `${describeRequest(request)}: answered with status ${response.status}`;
  const init: MixcloudErrorInit = {
    type,
    extra,
    details: parseDetails(data.details ?? details),
    status: response.status,
    data,
  };
  if (type === 'RateLimitException') {
    return new MixcloudRateLimitError(message, { ...init, retryAfter: getRetryAfter(response, error) });
  }
  if (type === 'OAuthException') return new MixcloudAuthorizationError(message, init);
  return new MixcloudError(message, init);
}

/** Returns the error for a body that is not a JSON object. */
export function toDecodeError(request: ApiRequest, response: ApiResponse, cause: unknown): MixcloudDecodeError {
  const { status, contentType, text } = response;
  const excerpt = text.length > MAX_EXCERPT_LENGTH ? `${text.slice(0, MAX_EXCERPT_LENGTH)}…` : text;
  const what = text.trim() === '' ? 'an empty body' : `${contentType ?? 'a body without content type'}: ${excerpt}`;
  return new MixcloudDecodeError(
    `${describeRequest(request)}: expected a JSON object, but got status ${status} with ${what}`,
    {
      status,
      contentType,
      excerpt,
      ...(cause !== undefined && { cause }),
    },
  );
}

type DecodedBody =
  | { readonly type: 'object'; readonly data: JsonObject }
  | { readonly type: 'unreadable'; readonly cause: unknown };

// Ignores the content type: the API sends JSON as JavaScript, and errors as HTML.
function decode(context: ClientContext, response: ApiResponse): DecodedBody {
  try {
    const data = context.jsonDecoder(response.text);
    return isJsonObject(data) ? { type: 'object', data } : { type: 'unreadable', cause: undefined };
  } catch (cause) {
    return { type: 'unreadable', cause };
  }
}

function parseDetails(details: unknown): ErrorDetails {
  if (!isJsonObject(details)) return {};
  // Not `String`, which throws for an object whose `toString` is a field.
  const message = (value: unknown) => (typeof value === 'object' ? toJsonText(value) : String(value));
  const messages = (value: unknown) => (Array.isArray(value) ? value : [value]).map(message);
  return Object.fromEntries(Object.entries(details).map(([field, value]) => [field, messages(value)]));
}
