/** Tells what an answer is: a resource, a list, a plain object or an error. */

import { jsonText } from '../base/json.ts';
import {
  type ErrorDetails,
  type ErrorFacts,
  MixcloudAuthorizationError,
  MixcloudDecodeError,
  MixcloudError,
  MixcloudRateLimitError,
} from '../protocol/errors.ts';
import { nameOf } from '../protocol/failure.ts';
import type { Answer, Request } from '../protocol/messages.ts';
import { type Context, isJsonObject, type JsonObject } from './client-context.ts';

const EXCERPT = 200;
const FIRST_ERROR_STATUS = 400;

/** How an answer is read. */
export interface Reading {
  /** Whether an object gets methods for its connections. */
  readonly createConnections?: boolean;
  /** Whether a body that cannot be read is thrown whatever `raiseExceptions` says. */
  readonly strict?: boolean;
  /** Whether every error is thrown whatever `raiseExceptions` says. */
  readonly raise?: boolean;
}

/** The model of a JSON answer. */
export function interpret(context: Context, request: Request, answer: Answer, reading: Reading = {}): object {
  const { models } = context;
  const raise = reading.raise ?? context.raiseExceptions;
  const body = decode(context, answer);
  if (!body.ok) {
    if (raise || reading.strict) throw undecodable(request, answer, body.cause);
    return models.dict({});
  }
  const { data } = body;
  if (isError(answer, data)) {
    if (raise) throw errorOfAnswer(request, answer, data);
    return models.dict(data);
  }
  if (Array.isArray(data.data)) return models.resourceList(data);
  if (typeof data.type === 'string') return models.resource(data, true, reading.createConnections ?? true);
  return models.dict(data);
}

/** The text of an answer that is not JSON, or the model of an error, which is JSON even then. */
export function interpretText(context: Context, request: Request, answer: Answer): string | object {
  const body = answer.text.trimStart().startsWith('{') ? decode(context, answer) : undefined;
  if (answer.status < FIRST_ERROR_STATUS && !(body?.ok && isError(answer, body.data))) return answer.text;
  return interpret(context, request, answer);
}

/** Whether an answer says that something went wrong. */
export function isError(answer: Answer, data: JsonObject): boolean {
  return answer.status >= FIRST_ERROR_STATUS || typeof data.error === 'string' || isJsonObject(data.error);
}

/** The error that an answer of the API is. */
export function errorOfAnswer(request: Request, answer: Answer, data: JsonObject): MixcloudError {
  // The documentation shows an object; the exchange of OAuth codes fails with a plain string.
  const error: JsonObject = isJsonObject(data.error) ? data.error : {};
  const { type: givenType, message: givenMessage, details, ...extra } = error;
  const type = typeof givenType === 'string' ? givenType : null;
  const spoken = typeof givenMessage === 'string' ? givenMessage : data.error;
  const message = typeof spoken === 'string' ? spoken : `${nameOf(request)}: answered with status ${answer.status}`;
  const facts: ErrorFacts = { type, extra, details: readDetails(data.details ?? details), status: answer.status, data };
  if (type === 'RateLimitException') {
    return new MixcloudRateLimitError(message, { ...facts, retryAfter: retryAfterOf(answer, error) });
  }
  if (type === 'OAuthException') return new MixcloudAuthorizationError(message, facts);
  return new MixcloudError(message, facts);
}

/**
 * Seconds to wait if an answer is a rate limit, else `null`. The API's rate limit is a 403, not the usual 429, so only
 * the body tells it from a refusal.
 */
export function rateLimitOf(answer: Answer): number | null {
  if (answer.status < FIRST_ERROR_STATUS || !answer.text.includes('RateLimitException')) return null;
  try {
    const { error } = JSON.parse(answer.text);
    return error?.type === 'RateLimitException' ? retryAfterOf(answer, error) : null;
  } catch {
    return null;
  }
}

/** The error for a body that should be a JSON object. */
export function undecodable(request: Request, answer: Answer, cause: unknown): MixcloudDecodeError {
  const { status, contentType, text } = answer;
  const excerpt = text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
  const what = text.trim() === '' ? 'an empty body' : `${contentType ?? 'a body without content type'}: ${excerpt}`;
  return new MixcloudDecodeError(`${nameOf(request)}: expected a JSON object, but got status ${status} with ${what}`, {
    status,
    contentType,
    excerpt,
    ...(cause !== undefined && { cause }),
  });
}

type Body = { readonly ok: true; readonly data: JsonObject } | { readonly ok: false; readonly cause: unknown };

// Never by the content type: the API serves JSON as JavaScript, and errors as HTML.
function decode(context: Context, answer: Answer): Body {
  try {
    const data = context.jsonDecoder(answer.text);
    return isJsonObject(data) ? { ok: true, data } : { ok: false, cause: undefined };
  } catch (cause) {
    return { ok: false, cause };
  }
}

function retryAfterOf(answer: Answer, error: JsonObject): number | null {
  const { retry_after: seconds } = error;
  return typeof seconds === 'number' && seconds >= 0 ? seconds : answer.retryAfter;
}

function readDetails(details: unknown): ErrorDetails {
  if (!isJsonObject(details)) return {};
  // Not `String`, which throws for an object whose `toString` is a field.
  const message = (value: unknown) => (typeof value === 'object' ? jsonText(value) : String(value));
  const messages = (value: unknown) => (Array.isArray(value) ? value : [value]).map(message);
  return Object.fromEntries(Object.entries(details).map(([field, value]) => [field, messages(value)]));
}
