/** Errors of the API: how a response is recognised as one, and what it says. */
import { isJsonObject, type JsonObject, toJsonText } from '../base/json.ts';
import { describeStatus } from '../base/status-text.ts';
import {
  type ErrorDetails,
  MixcloudAuthorizationError,
  MixcloudDecodeError,
  MixcloudError,
  type MixcloudErrorInit,
  MixcloudRateLimitError,
} from '../protocol/errors.ts';
import type { ApiRequest, ApiResponse } from '../protocol/messages.ts';
import { getRetryAfter } from '../protocol/rate-limit.ts';

const MAX_EXCERPT_LENGTH = 200;
const MIN_ERROR_STATUS = 400;

/** An error of the API, before it is thrown or returned. */
export interface ErrorInfo {
  /** Creates the error to throw. Each call captures the stack of its caller. */
  readonly create: () => MixcloudError;
  /** The decoded response, unchanged. */
  readonly data: JsonObject;
  /** The fields of the error response: those of the response, and always an `error` with a message and a type. */
  readonly fields: JsonObject;
}

/** Returns whether a response is an error of the API. */
export function isApiError(response: ApiResponse, data: JsonObject): boolean {
  return response.status >= MIN_ERROR_STATUS || isJsonObject(data.error) || isText(data.error) || isRefused(data);
}

// The API refuses uploads this way, with status 200.
function isRefused(data: JsonObject): boolean {
  return isJsonObject(data.result) && data.result.success === false;
}

/** Returns the error that a response of the API describes. */
export function toApiError(request: ApiRequest, response: ApiResponse, data: JsonObject): ErrorInfo {
  const create = () => createApiError(request, response, data);
  const { message, type } = create();
  const error = isJsonObject(data.error) ? data.error : {};
  return { create, data, fields: { ...data, error: { ...error, message, type } } };
}

function createApiError(request: ApiRequest, response: ApiResponse, data: JsonObject): MixcloudError {
  // The API documents an object. The exchange of OAuth codes fails with a string.
  const error: JsonObject = isJsonObject(data.error) ? data.error : {};
  const result: JsonObject = isRefused(data) && isJsonObject(data.result) ? data.result : {};
  const { type: errorType, message: errorMessage, details: innerDetails, ...extra } = error;
  const type = typeof errorType === 'string' ? errorType : null;
  const text = [errorMessage, data.error, result.message].find(isText);
  const message = text ?? `${describeStatus(response.status)}: the API gave no error message`;
  const init: MixcloudErrorInit = {
    type,
    extra,
    details: parseDetails(data.details ?? innerDetails ?? result.details),
    status: response.status,
    data,
    method: request.method,
    url: request.url,
  };
  if (type === 'RateLimitException') {
    return new MixcloudRateLimitError(message, { ...init, retryAfter: getRetryAfter(response, error) });
  }
  if (type === 'OAuthException') return new MixcloudAuthorizationError(message, init);
  return new MixcloudError(message, init);
}

/** Returns the error for a body that is not what was expected. `found` names what it is. */
export function toDecodeError(
  request: ApiRequest,
  response: ApiResponse,
  expected: string,
  found: string,
  cause: unknown,
): ErrorInfo {
  const { status, contentType, text } = response;
  const excerpt = text.length > MAX_EXCERPT_LENGTH ? `${text.slice(0, MAX_EXCERPT_LENGTH)}…` : text;
  const message = `${describeStatus(status)}: expected ${expected}, but got ${found}`;
  const { method, url } = request;
  const init = { status, contentType, excerpt, method, url, ...(cause !== undefined && { cause }) };
  const data = { error: { type: 'MixcloudDecodeError', message } };
  return { create: () => new MixcloudDecodeError(message, init), data, fields: data };
}

/** Returns the error for a response where a text is expected and its status is not one of success. */
export function createStatusError(request: ApiRequest, response: ApiResponse): MixcloudError {
  const { method, url } = request;
  const { status } = response;
  const message = `${describeStatus(status)}: expected a text, but the request failed`;
  return new MixcloudError(message, { status, method, url });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function parseDetails(details: unknown): ErrorDetails {
  if (!isJsonObject(details)) return {};
  // Not `String`, which throws for an object whose `toString` is a field.
  const message = (value: unknown) => (typeof value === 'object' ? toJsonText(value) : String(value));
  const messages = (value: unknown) => (Array.isArray(value) ? value : [value]).map(message);
  return Object.fromEntries(Object.entries(details).map(([field, value]) => [field, messages(value)]));
}
