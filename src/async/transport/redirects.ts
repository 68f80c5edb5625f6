/** Follows redirects of a GET within its origin. */
import type { ApiRequest, Failure } from '../../shared/protocol/messages.ts';
import { getHeader, type RawResponse } from './response-collector.ts';
import type { Sender } from './sender.ts';

const MAX_REDIRECTS = 5;
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a GET again to where its response redirects. Any other redirect is a failure: the body of a write would be lost,
 * and another origin must not see the access token. undici's own interceptor follows any origin.
 */
export function withRedirects(next: Sender<RawResponse>): Sender<RawResponse> {
  return async (request, call) => {
    let hop = request;
    for (let count = 0; ; count += 1) {
      const response = await next(hop, call);
      if (response.type !== 'response' || !REDIRECT_STATUSES.has(response.status)) return response;
      const location = getHeader(response, 'location');
      if (location === null) return response;
      const target = getTarget(hop, location, count);
      if (!(target instanceof URL)) return target;
      hop = { ...request, url: target.href };
    }
  };
}

/** Returns where a redirect leads, or a failure if it is not followed. */
function getTarget(from: ApiRequest, location: string, count: number): URL | Failure {
  const fail = (message: string): Failure => ({
    type: 'failure',
    kind: 'connection',
    code: 'ERR_MIXCLOUD_REDIRECT',
    message,
  });
  if (!URL.canParse(location, from.url)) return fail('answered with a redirect to no URL');
  const to = new URL(location, from.url);
  if (from.method !== 'GET') return fail(`answered with a redirect, which a ${from.method} does not follow`);
  if (to.origin !== new URL(from.url).origin) return fail(`answered with a redirect to another origin, ${to.origin}`);
  if (count >= MAX_REDIRECTS) return fail(`answered with more than ${MAX_REDIRECTS} redirects`);
  return to;
}
