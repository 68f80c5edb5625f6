import type { JsonObject } from '../base/json.ts';
import type { ApiResponse } from './messages.ts';

/**
 * Seconds to wait if an answer is a rate limit, else `null`. The API's rate limit is a 403, not the usual 429, so only
 * the body tells it from a refusal.
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

/** Seconds that the body or else the header of a rate limit names, or `null`. */
export function getRetryAfter(response: ApiResponse, error: JsonObject): number | null {
  const { retry_after: seconds } = error;
  return typeof seconds === 'number' && seconds >= 0 ? seconds : response.retryAfter;
}
