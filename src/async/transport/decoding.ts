/** Turns a response as it was received into text. */
import type { ApiResponse, Failure } from '../../shared/protocol/messages.ts';
import type { Deadline } from './deadline.ts';
import { decompress } from './decompress.ts';
import { getHeader, type RawResponse } from './response-collector.ts';
import type { Sender } from './sender.ts';

/** Decompresses the response's body and decodes it as UTF-8. */
export function withDecoding(next: Sender<RawResponse>): Sender {
  return async (request, call) => {
    const response = await next(request, call);
    return response.type === 'response' ? decode(response, call.deadline) : response;
  };
}

async function decode(response: RawResponse, deadline: Deadline): Promise<ApiResponse | Failure> {
  const body = await decompress(response.body, getHeader(response, 'content-encoding') ?? '', deadline);
  if ('type' in body) return body;
  return {
    type: 'response',
    status: response.status,
    contentType: getHeader(response, 'content-type'),
    retryAfter: parseRetryAfter(response.headers['retry-after'], getHeader(response, 'date')),
    // JSON does not allow the byte order mark that some servers put before it.
    text: body.toString('utf8').replace(/^\uFEFF/, ''),
  };
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
