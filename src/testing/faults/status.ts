/** Rate limits, errors in their several forms, and redirects. */
import { ApiError, type EmulatedResponse, errorPage, HTML_TYPE, json, redirect, respond } from '../server/response.ts';
import { defineFault } from './fault.ts';
import { details, number, text } from './parameters.ts';

function pageFault(status: number, title: string) {
  return defineFault(`${status} with a page of HTML`, {}, () => ({ respond: () => errorPage(status, title) }));
}

function withRetryAfter(response: EmulatedResponse, value: string): EmulatedResponse {
  return { ...response, headers: { ...response.headers, 'Retry-After': value } };
}

function rateLimited(seconds: number, inBody: boolean, header: string | undefined): EmulatedResponse {
  const response = new ApiError(
    403,
    'RateLimitException',
    `You have hit your rate limit. Retry after ${seconds} seconds.`,
    inBody ? { within: { retry_after: seconds } } : {},
  ).toResponse();
  return header === undefined ? response : withRetryAfter(response, header);
}

export const STATUS_FAULTS = {
  'html-401': pageFault(401, 'Unauthorized'),
  'html-403': pageFault(403, 'Forbidden'),
  'html-404': pageFault(404, 'Not Found'),
  'html-413': pageFault(413, 'Request Entity Too Large'),
  'html-429': pageFault(429, 'Too Many Requests'),
  'html-500': pageFault(500, 'Internal Server Error'),
  'html-502': pageFault(502, 'Bad Gateway'),
  'html-503': pageFault(503, 'Service Unavailable'),
  'html-504': pageFault(504, 'Gateway Time-out'),
  unavailable: defineFault('503 with HTML and a Retry-After header', { retryAfter: number(1) }, ({ retryAfter }) => ({
    respond: () => withRetryAfter(errorPage(503, 'Service Unavailable'), String(retryAfter)),
  })),
  'rate-limit': defineFault('rate limit, in header and body', { retryAfter: number(452) }, ({ retryAfter }) => ({
    respond: () => rateLimited(retryAfter, true, String(retryAfter)),
  })),
  'rate-limit-header': defineFault(
    'rate limit, in the header alone',
    { retryAfter: number(452) },
    ({ retryAfter }) => ({
      respond: () => rateLimited(retryAfter, false, String(retryAfter)),
    }),
  ),
  'rate-limit-body': defineFault('rate limit, in the body alone', { retryAfter: number(452) }, ({ retryAfter }) => ({
    respond: () => rateLimited(retryAfter, true, undefined),
  })),
  'rate-limit-date': defineFault(
    'rate limit whose header is a date, without seconds in the body',
    // A negative number is a date that has passed, as for a client whose clock is ahead.
    { retryAfter: number(5, -3600) },
    ({ retryAfter }) => ({
      respond: () => rateLimited(retryAfter, false, new Date(Date.now() + retryAfter * 1000).toUTCString()),
    }),
  ),
  'api-error': defineFault(
    'a JSON error with fields of its own',
    {
      status: number(400),
      type: text('DoesNotExist'),
      message: text('The object is not here.'),
      details: details(),
    },
    ({ status, type, message, details = { name: ['Too short.', 'Too plain.'] } }) => ({
      respond: () =>
        new ApiError(status, type, message, {
          within: { extra_field: 'seen', owner: { key: '/bob/' } },
          beside: { details },
        }).toResponse(),
    }),
  ),
  'error-200': defineFault('a JSON error with status 200', {}, () => ({
    respond: () => new ApiError(200, 'DoesNotExist', 'The object is not here.').toResponse(),
  })),
  'error-string': defineFault('a JSON error that is a plain string', { status: number(400) }, ({ status }) => ({
    respond: () => json({ error: 'The object is not here.' }, status),
  })),
  'error-bare': defineFault('a JSON error without message and type', {}, () => ({
    respond: () => json({ error: {} }, 400),
  })),
  'ok-400': defineFault('the right body with the status of an error', { status: number(400) }, ({ status }) => ({
    changeResponse: (response) => ({ ...response, status }),
  })),
  'error-token': defineFault(
    'a JSON error with the token, plain and encoded, in its message, in its fields and in details',
    {},
    () => ({
      respond: ({ query }) => {
        const token = query.get('access_token') ?? '';
        return new ApiError(400, 'OAuthException', `Token ${token} (${encodeURIComponent(token)}) is not welcome`, {
          within: { token, [token]: 'as a key' },
          beside: { details: { access_token: [`${token} was revoked`], [token]: ['as a key'] } },
        }).toResponse();
      },
    }),
  ),
  'echo-url': defineFault(
    'plain text that repeats the whole URL, token included',
    { status: number(200) },
    ({ status }) => ({
      respond: ({ host, request, query }) => {
        const decoded = decodeURIComponent(query.toString().replaceAll('+', ' '));
        return respond(status, { 'Content-Type': HTML_TYPE }, `No route for ${host}${request.url}\n${decoded}\n`);
      },
    }),
  ),
  'redirect-inside': defineFault(
    'redirect to the same target without this prefix; it goes on forever if it is armed',
    { status: number(302) },
    ({ status }) => ({ respond: ({ target }) => redirect(target, status) }),
  ),
  'redirect-chain': defineFault(
    'so many redirects within the origin, then the response; by prefix only',
    { count: number(3) },
    ({ count }) => ({
      respond: ({ target }) => redirect(count > 1 ? `/fault/redirect-chain:${count - 1}${target}` : target, 302),
    }),
  ),
  'redirect-abroad': defineFault(
    'redirect to the same target at another origin',
    { origin: text('https://elsewhere.example') },
    ({ origin }) => ({ respond: ({ target }) => redirect(`${origin}${target}`, 302) }),
  ),
  'redirect-loop': defineFault('redirect to itself', {}, () => ({
    respond: ({ request }) => redirect(request.url ?? '/', 302),
  })),
  'redirect-nowhere': defineFault('a redirect without Location', {}, () => ({
    respond: () => respond(302, { 'Content-Type': HTML_TYPE }, ''),
  })),
  'access-denied': defineFault('the user denies access on the OAuth page', {}, () => ({
    affects: ({ path }) => path.replace(/^\/www/, '') === '/oauth/authorize',
    respond: ({ query }) => {
      const uri = query.get('redirect_uri');
      if (uri === null || !URL.canParse(uri)) return errorPage(400, 'Bad Request');
      const location = new URL(uri);
      location.searchParams.set('error', 'access_denied');
      return redirect(location.href, 302);
    },
  })),
};
