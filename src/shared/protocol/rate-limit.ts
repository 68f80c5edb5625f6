import type { JsonObject } from '../base/json.ts';
import type { ApiResponse } from './messages.ts';

/**
 * Returns the seconds to wait if a response is a rate limit, otherwise `null`. The API sends a rate limit with status 403,
 * not 429, so only the body distinguishes it from other refusals.
 */
export function getRateLimit(response: ApiResponse): number | null {
  if (response.status < 400 || !response.text.includes('RateLimitException')) return null;
  try {
    const { error } = JSON.parse(response.text);
    return error?.type === 'RateLimitException' ? getRetryAfter(response, error) : null;
  } catch {
    return null;
  }
}

/** Returns the seconds of a rate limit: from the body, or else from the header. */
export function getRetryAfter(response: ApiResponse, error: JsonObject): number | null {
  const { retry_after: seconds } = error;
  return typeof seconds === 'number' && seconds >= 0 ? seconds : response.retryAfter;
}
