import { afterEach, describe, expect, it, vi } from 'vitest';
import { MIXCLOUD_OPTIONS } from '../../src/async/mixcloud.ts';
import { API_ROOT, MIXCLOUD_ROOT, OEMBED_ROOT } from '../../src/shared/base/constants.ts';
import { validateOptions } from '../../src/shared/base/options.ts';
import { VERSION } from '../../src/shared/base/version.ts';
import { CLIENT_HINT, validateToken, withDefaults } from '../../src/shared/input/client-options.ts';

const read = (input?: unknown) => withDefaults(validateOptions('Mixcloud options', input, MIXCLOUD_OPTIONS));

describe('withDefaults', () => {
  it('fills in the defaults', () => {
    const defaults = {
      apiRoot: API_ROOT,
      mixcloudRoot: MIXCLOUD_ROOT,
      oembedRoot: OEMBED_ROOT,
      accessToken: null,
      raiseExceptions: false,
      jsonDecoder: JSON.parse,
      timeout: 60_000,
      onEvent: null,
      session: { retries: 2, maxRateLimitWait: 0, proxy: null, userAgent: `mixcloud-client/${VERSION}` },
    };
    expect(read()).toEqual(defaults);
    expect(read({ apiRoot: undefined, timeout: undefined, proxy: undefined })).toEqual(defaults);
  });

  it('takes each option', () => {
    const jsonDecoder = (text: string) => JSON.parse(text);
    const onEvent = () => {};
    const settings = read({
      apiRoot: 'https://api.example/v1//',
      mixcloudRoot: new URL('https://www.example/'),
      oembedRoot: 'https://app.example/oembed/',
      accessToken: 'token',
      raiseExceptions: true,
      jsonDecoder,
      timeout: 5,
      retries: 0,
      maxRateLimitWait: 1.5,
      proxy: 'http://user:word@proxy.example:8080',
      userAgent: 'my-app/1.0 (ünïcode)',
      onEvent,
      dispatcher: { dispatch: () => true },
    });
    expect(settings).toEqual({
      apiRoot: 'https://api.example/v1',
      mixcloudRoot: 'https://www.example',
      oembedRoot: 'https://app.example/oembed/',
      accessToken: 'token',
      raiseExceptions: true,
      jsonDecoder,
      timeout: 5,
      onEvent,
      session: {
        retries: 0,
        maxRateLimitWait: 1.5,
        proxy: { by: 'url', url: 'http://user:word@proxy.example:8080/' },
        userAgent: 'my-app/1.0 (ünïcode)',
      },
    });
  });

  it('leaves the slash at the end of the oEmbed endpoint to the caller', () => {
    expect(read({ oembedRoot: 'https://app.example/oembed' }).oembedRoot).toBe('https://app.example/oembed');
    expect(read({ oembedRoot: new URL('https://app.example/oembed/') }).oembedRoot).toBe('https://app.example/oembed/');
  });

  it.each<readonly [string, unknown, string]>([
    ['apiRoot', 'api.mixcloud.com', 'apiRoot: expected an http or https URL, but got "api.mixcloud.com"'],
    ['apiRoot', 'ftp://api.mixcloud.com', 'apiRoot: expected an http or https URL'],
    ['apiRoot', 'https://api.example/?a=b', 'must not have a user, a query or a fragment'],
    ['apiRoot', 'https://api.example/#a', 'must not have a user, a query or a fragment'],
    ['mixcloudRoot', 'https://bob:word@www.example/', 'mixcloudRoot: "https://www.example/" must not have a user'],
    ['oembedRoot', 5, 'oembedRoot: expected an http or https URL, but got 5'],
    ['accessToken', '', 'accessToken: expected a string that is not empty, or null'],
    ['accessToken', 'Bearer abc', 'accessToken: give the token alone, without "Bearer"'],
    ['accessToken', 'abc\n', 'accessToken: has white space, such as a line break at its end; trim it'],
    ['accessToken', 'ab c', 'accessToken: has white space'],
    ['accessToken', {}, 'accessToken: expected a string or null, but got an object'],
    ['raiseExceptions', 'false', 'raiseExceptions: expected true or false, but got "false"'],
    ['timeout', '60', 'timeout: expected a number of milliseconds, but got "60"'],
    ['maxRateLimitWait', '5', 'maxRateLimitWait: expected a number of seconds, but got "5"'],
    ['retries', '2', 'retries: expected a number, but got "2"'],
    ['userAgent', ' ', 'userAgent: expected a string that is not empty'],
    ['userAgent', 'a\r\nHost: b', 'userAgent: expected a header without line breaks'],
    ['userAgent', 'αβγ', 'userAgent: expected a header without line breaks'],
    ['proxy', 'socks5://proxy.example', "proxy: expected an http or https URL, or 'env'"],
    ['proxy', true, "proxy: expected an http or https URL, or 'env'"],
    ['acces_token', 'x', 'Mixcloud options: unknown option "acces_token", did you mean "accessToken"?'],
    ['colour', 'x', 'Mixcloud options: unknown option "colour" (known: apiRoot,'],
  ])('is a TypeError for %s %j', (name, value, expected) => {
    expect(() => read({ [name]: value })).toThrow(TypeError);
    expect(() => read({ [name]: value })).toThrow(expected);
  });

  it.each<readonly [string, number]>([
    ['timeout', 0],
    ['timeout', 2 ** 31],
    ['retries', -1],
    ['retries', 0.5],
    ['maxRateLimitWait', -1],
    ['maxRateLimitWait', Number.NaN],
    ['maxRateLimitWait', 2_147_484],
  ])('is a RangeError for %s %d', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(RangeError);
    expect(() => read({ [name]: value })).toThrow(`${name}: must be `);
  });

  it('is a TypeError for what holds no options', () => {
    for (const input of [null, []]) {
      expect(() => read(input)).toThrow(/^Mixcloud options: expected an object, but got /);
    }
    // It may be an access token.
    expect(() => validateOptions('Mixcloud options', 's3cret', MIXCLOUD_OPTIONS, CLIENT_HINT)).toThrow(
      new TypeError('Mixcloud options: expected an object such as { accessToken: … }, but got a string'),
    );
  });

  it.each<readonly [string, unknown]>([
    ['accessToken', 20402040],
    ['accessToken', ['s3cret']],
    ['proxy', 'socks5://bob:s3cret@proxy.example'],
    ['proxy', 'http://bob:s3cret@[bad'],
    ['apiRoot', 'https://bob:s3cret@api.example/'],
    ['apiRoot', 'ftp://bob:s3cret@api.example/'],
    ['apiRoot', 'bob:s3cret@api.example'],
    ['apiRoot', 'https://bob:s3/cret@api.example/'],
    ['mixcloudRoot', 'https://bob:s3cret@api.example:99999999'],
    ['oembedRoot', `https://${'b'.repeat(80)}:s3cret@`],
  ])('shows no secret when it refuses %s %j', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(/^(?!.*(?:s3cret|2040)).*$/);
  });
});

describe("the proxy 'env'", () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is the one of the environment, as it stands when the client is made', () => {
    for (const name of ['http_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']) vi.stubEnv(name, undefined);
    vi.stubEnv('HTTP_PROXY', 'http://upper.example');
    vi.stubEnv('https_proxy', 'http://lower.example');
    const { proxy } = read({ proxy: 'env' }).session;
    vi.stubEnv('HTTP_PROXY', 'http://later.example');
    expect(proxy).toEqual({ by: 'env', http: 'http://upper.example', https: 'http://lower.example', except: '' });
  });

  it('in small letters comes first', () => {
    vi.stubEnv('http_proxy', 'http://lower.example');
    vi.stubEnv('HTTP_PROXY', 'http://upper.example');
    vi.stubEnv('no_proxy', 'a.example');
    vi.stubEnv('NO_PROXY', 'b.example');
    expect(read({ proxy: 'env' }).session.proxy).toMatchObject({ http: 'http://lower.example', except: 'a.example' });
  });

  it('may be a host and a port', () => {
    vi.stubEnv('http_proxy', 'proxy.example:8080');
    expect(read({ proxy: 'env' }).session.proxy).toMatchObject({ http: 'http://proxy.example:8080' });
  });

  it.each(['socks5://bob:s3cret@proxy.example', 'http://bob:s3cret@[bad'])(
    'is refused without being shown: %s',
    (url) => {
      vi.stubEnv('https_proxy', url);
      expect(() => read({ proxy: 'env' })).toThrow(
        new TypeError('proxy: expected HTTPS_PROXY to be an http or https URL'),
      );
    },
  );
});

describe('readToken', () => {
  it('takes a text, or nothing', () => {
    expect([
      validateToken('accessToken', 'abc'),
      validateToken('accessToken', null),
      validateToken('accessToken', undefined),
    ]).toEqual(['abc', null, null]);
  });
});
