import { ApiError, errorPage, HTML_TYPE, json, type Reply, redirect, reply } from '../reply.ts';
import { type Fault, type FaultTable, numberOr } from './fault.ts';

const PAGES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};

const pages = Object.entries(PAGES).map(([status, title]): [string, Fault] => [
  `html-${status}`,
  { about: `${status} with a page of HTML`, instead: () => errorPage(Number(status), title) },
]);

function withRetryAfter(answer: Reply, value: string): Reply {
  return { ...answer, headers: { ...answer.headers, 'Retry-After': value } };
}

function limited(seconds: number, inBody: boolean, header: string | undefined): Reply {
  const answer = new ApiError(
    403,
    'RateLimitException',
    `You have hit your rate limit. Retry after ${seconds} seconds.`,
    inBody ? { within: { retry_after: seconds } } : {},
  ).reply();
  return header === undefined ? answer : withRetryAfter(answer, header);
}

/** Refusals, errors in their several shapes, and redirects. */
export const STATUS: FaultTable = {
  ...Object.fromEntries(pages),
  unavailable: {
    about: '503 with HTML and a Retry-After of PARAM seconds (1)',
    instead: (_exchange, param) => withRetryAfter(errorPage(503, 'Service Unavailable'), String(numberOr(param, 1))),
  },
  'rate-limit': {
    about: 'rate limit of PARAM seconds (452), in header and body',
    instead: (_exchange, param) => limited(numberOr(param, 452), true, String(numberOr(param, 452))),
  },
  'rate-limit-header': {
    about: 'rate limit of PARAM seconds (452), in the header alone',
    instead: (_exchange, param) => limited(numberOr(param, 452), false, String(numberOr(param, 452))),
  },
  'rate-limit-body': {
    about: 'rate limit of PARAM seconds (452), in the body alone',
    instead: (_exchange, param) => limited(numberOr(param, 452), true, undefined),
  },
  'rate-limit-date': {
    about: 'rate limit whose header is a date PARAM seconds (5) ahead, without seconds in the body',
    instead: (_exchange, param) =>
      limited(numberOr(param, 5), false, new Date(Date.now() + numberOr(param, 5) * 1000).toUTCString()),
  },
  'api-error': {
    about: 'a JSON error with fields of its own, status PARAM (400)',
    instead: (_exchange, param) =>
      new ApiError(numberOr(param, 400), 'DoesNotExist', 'The object is not here.', {
        within: { extra_field: 'seen', owner: { key: '/bob/' } },
        beside: { details: { name: ['Too short.', 'Too plain.'] } },
      }).reply(),
  },
  'error-200': {
    about: 'a JSON error with status 200',
    instead: () => new ApiError(200, 'DoesNotExist', 'The object is not here.').reply(),
  },
  'error-string': {
    about: 'a JSON error that is a plain string, status PARAM (400)',
    instead: (_exchange, param) => json({ error: 'The object is not here.' }, numberOr(param, 400)),
  },
  'error-bare': { about: 'a JSON error without message and type', instead: () => json({ error: {} }, 400) },
  'ok-400': {
    about: 'the right body with status PARAM (400)',
    reply: (answer, _exchange, param) => ({ ...answer, status: numberOr(param, 400) }),
  },
  'error-token': {
    about: 'a JSON error with the token, plain and encoded, in its message, in its fields and in details',
    instead: ({ query }) => {
      const token = query.get('access_token') ?? '';
      return new ApiError(400, 'OAuthException', `Token ${token} (${encodeURIComponent(token)}) is not welcome`, {
        within: { token, [token]: 'as a key' },
        beside: { details: { access_token: [`${token} was revoked`], [token]: ['as a key'] } },
      }).reply();
    },
  },
  'echo-url': {
    about: 'plain text that repeats the whole URL, token and all; status PARAM (200)',
    instead: (exchange, param) =>
      reply(
        numberOr(param, 200),
        { 'Content-Type': HTML_TYPE },
        `No route for ${exchange.host}${exchange.request.url}\n${decodeURIComponent(exchange.query.toString().replaceAll('+', ' '))}\n`,
      ),
  },
  'redirect-inside': {
    about: 'redirect, status PARAM (302), to the same target without this prefix; goes on for ever when armed',
    instead: (exchange, param) => redirect(exchange.target, numberOr(param, 302)),
  },
  'redirect-chain': {
    about: 'PARAM redirects (3) within the origin, then the answer; by prefix only',
    instead: (exchange, param) => {
      const left = numberOr(param, 3) - 1;
      return redirect(left > 0 ? `/fault/redirect-chain:${left}${exchange.target}` : exchange.target, 302);
    },
  },
  'redirect-abroad': {
    about: 'redirect to the same target at the origin PARAM, percent-encoded (https://elsewhere.example)',
    instead: (exchange, param) => redirect(`${param ?? 'https://elsewhere.example'}${exchange.target}`, 302),
  },
  'redirect-loop': {
    about: 'redirect to itself',
    instead: (exchange) => redirect(exchange.request.url ?? '/', 302),
  },
  'redirect-nowhere': {
    about: 'a redirect without Location',
    instead: () => reply(302, { 'Content-Type': HTML_TYPE }, ''),
  },
};
