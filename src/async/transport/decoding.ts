/** Turns a response as it was received into text. */
import { decodeBody } from '../../shared/protocol/body-text.ts';
import type { ApiResponse, Failure } from '../../shared/protocol/messages.ts';
import type { Deadline } from './deadline.ts';
import { decompress } from './decompress.ts';
import { LARGE_SIZE, LargeResponse } from './large-response.ts';
import { getHeader, type RawResponse } from './response-collector.ts';
import type { Sender } from './sender.ts';

/** Decompresses the response's body and decodes it as UTF-8. With `keepLarge`, a large body is left as it is. */
export function withDecoding(next: Sender<RawResponse>, keepLarge: boolean): Sender {
  return async (request, call) => {
    const response = await next(request, call);
    return response.type === 'response' ? decode(response, call.deadline, keepLarge) : response;
  };
}

async function decode(response: RawResponse, deadline: Deadline, keepLarge: boolean): Promise<ApiResponse | Failure> {
  const body = await decompress(response.body, getHeader(response, 'content-encoding') ?? '', deadline);
  if ('type' in body) return body;
  const { type, status } = response;
  const contentType = getHeader(response, 'content-type');
  const retryAfter = parseRetryAfter(response.headers['retry-after'], getHeader(response, 'date'));
  if (keepLarge && body.length >= LARGE_SIZE) return new LargeResponse({ type, status, contentType, retryAfter }, body);
  return { type, status, contentType, retryAfter, text: decodeBody(body) };
}

/**
 * Seconds of a `Retry-After` header, which is a number or a date. A date is compared to the `Date` of the response if there
 * is one, since the clocks of client and server may differ.
 */
export function parseRetryAfter(header: string | string[] | undefined, sentAt: string | null = null): number | null {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  const now = Date.parse(sentAt ?? '');
  return Number.isNaN(date) ? null : Math.max(0, (date - (Number.isNaN(now) ? Date.now() : now)) / 1000);
}
