import { expect } from 'vitest';
import { BODY_SIZE, DAMAGED } from './codes.ts';
import { case_, disconnects, type FaultCase, gives, london, refuses, unreadable } from './fault-case.ts';

const PAGES = [401, 403, 404, 413, 429, 500, 502, 503, 504];
const LIMITED = 'MixcloudRateLimitError';

/** Answers that are complete and not what they should be. */
export const CONTENT_CASES: readonly FaultCase[] = [
  ...PAGES.map((status) => case_(`html-${status}`, unreadable(status))),
  case_({ name: 'unavailable', param: 1 }, unreadable(503)),
  case_({ name: 'unavailable', param: 100 }, unreadable(503), {
    name: 'unavailable for longer than the time-out, though retries are allowed',
    options: { retries: 3 },
  }),
  case_({ name: 'unavailable', param: 9_999_999_999 }, unreadable(503), {
    name: 'unavailable for longer than a timer can count',
    options: { retries: 3, timeout: 2_000_000_000 },
    within: 2000,
  }),
  case_('rate-limit', refuses(LIMITED, 403, { retryAfter: 452, type: 'RateLimitException' })),
  case_('rate-limit-header', refuses(LIMITED, 403, { retryAfter: 452 })),
  case_('rate-limit-body', refuses(LIMITED, 403, { retryAfter: 452 })),
  case_({ name: 'rate-limit-date', param: 100 }, refuses(LIMITED, 403)),
  case_('api-error', refuses('MixcloudError', 400, { type: 'DoesNotExist' })),
  case_({ name: 'api-error', param: 500 }, refuses('MixcloudError', 500, { type: 'DoesNotExist' })),
  case_('error-200', refuses('MixcloudError', 200, { message: 'The object is not here.' })),
  case_('error-string', refuses('MixcloudError', 400, { message: 'The object is not here.' })),
  case_('error-bare', refuses('MixcloudError', 400, { type: null })),
  case_('ok-400', refuses('MixcloudError', 400)),
  case_('error-token', refuses('MixcloudAuthorizationError', 400)),
  case_('echo-url', unreadable(200)),
  case_({ name: 'echo-url', param: 500 }, unreadable(500)),
  case_('redirect-nowhere', unreadable(302)),
  case_('empty', unreadable(200)),
  case_('array', unreadable(200)),
  case_('null', unreadable(200)),
  case_('string', unreadable(200)),
  case_('number', unreadable(200)),
  case_('truncated-json', unreadable(200)),
  case_('html-200', unreadable(200)),
  case_('form-encoded', unreadable(200)),
  case_('nested', unreadable(200)),
  case_(
    'nested-field',
    gives((value) => expect(value).toMatchObject({ key: '/bob/', name: 'Bob' })),
  ),
  case_('wrong-type', london),
  case_('no-type', london),
  case_('bom', london),
  case_('duplicate-keys', london),
  case_(
    'invalid-utf8',
    gives((value) => expect(value).toHaveProperty('name', '\ufffd(\ufffd')),
  ),
  case_('gzip', london),
  case_('deflate', london),
  case_('deflate-raw', london),
  case_('br', london),
  case_('double-gzip', london),
  case_({ name: 'gzip-layers', param: 5 }, london),
  case_(
    { name: 'gzip-layers', param: 201 },
    disconnects('ERR_MIXCLOUD_CONNECTION', /compressed 201 times, but at most 5/),
  ),
  case_('corrupt-gzip', disconnects(DAMAGED, /gzip body of the answer is corrupt or cut short/)),
  case_('truncated-gzip', disconnects(DAMAGED, /corrupt or cut short/)),
  case_('false-gzip', disconnects(DAMAGED, /corrupt or cut short/)),
  case_('unknown-coding', disconnects('ERR_MIXCLOUD_CONNECTION', /unknown encoding x-origami/)),
  case_({ name: 'bomb', param: 512 }, disconnects(BODY_SIZE, /larger than 67108864 bytes/), {
    options: { timeout: 15_000 },
  }),
];
