import { describe, expect, it } from 'vitest';
import { isConfidential, isLoopback } from '../../src/shared/base/loopback.ts';
import { parseLink } from '../../src/shared/input/link.ts';
import { parseRoot } from '../../src/shared/input/origin.ts';
import {
  buildGetRequest,
  buildPlainRequest,
  buildWriteRequest,
  toKeyLink,
} from '../../src/shared/operations/build-request.ts';
import { context, owner, TOKEN } from './fakes.ts';

const API = 'https://api.mixcloud.com';
const read = (value: unknown, root = API) => parseLink('url', value, root);

describe('isLoopback', () => {
  it.each([
    ['http://localhost:8000/', true],
    ['http://api.localhost/', false],
    ['http://localhost./', false],
    ['http://[::ffff:127.0.0.1]/', false],
    ['http://127.0.0.1/', true],
    ['http://127.1/', true],
    ['http://127.255.255.254/', true],
    ['http://[::1]:80/', true],
    ['http://LOCALHOST/', true],
    ['http://localhost.example.com/', false],
    ['http://notlocalhost/', false],
    ['http://127.0.0.1.example.com/', false],
    ['http://128.0.0.1/', false],
    ['http://0.0.0.0/', false],
    ['http://10.0.0.1/', false],
    ['http://[::2]/', false],
    ['http://localhost@evil.example/', false],
  ])('of %s is %s', (url, expected) => {
    expect(isLoopback(new URL(url))).toBe(expected);
  });
});

describe('isPrivate', () => {
  it.each([
    ['https://api.mixcloud.com/', true],
    ['http://127.0.0.1/', true],
    ['http://api.mixcloud.com/', false],
    ['ftp://api.mixcloud.com/', false],
  ])('of %s is %s', (url, expected) => {
    expect(isConfidential(url)).toBe(expected);
  });
});

describe('readRoot', () => {
  it.each([
    ['https://api.mixcloud.com', 'https://api.mixcloud.com'],
    ['https://API.mixcloud.com:443/', 'https://api.mixcloud.com'],
    ['http://127.0.0.1:8000/a/b//', 'http://127.0.0.1:8000/a/b'],
    ['https://bücher.example/α/', 'https://xn--bcher-kva.example/%CE%B1'],
  ])('of %s is %s', (input, expected) => {
    expect(parseRoot('apiRoot', input)).toBe(expected);
    expect(parseRoot('apiRoot', new URL(input))).toBe(expected);
  });
});

describe('readLink', () => {
  it.each([
    [`${API}/bob/followers/?limit=20&until=2018-01-01+12%3A00%3A00`, true],
    [`${API}:443/bob/`, true],
    ['http://api.mixcloud.com/bob/', true],
    ['https://www.mixcloud.com/bob/', false],
    ['https://api.mixcloud.com.evil.example/bob/', false],
    ['https://api.mixcloud.com:8443/bob/', false],
    ['http://api.mixcloud.com:8080/bob/', false],
    ['https://evil.example/?x=api.mixcloud.com', false],
  ])('of %s is the API’s: %s', (url, sameOrigin) => {
    expect(read(url).sameOrigin).toBe(sameOrigin);
  });

  it('keeps the query as it is, less the token and the fragment', () => {
    expect(read(`${API}/bob/followers/?limit=20&access_token=abc&until=1+2#x`).url).toBe(
      `${API}/bob/followers/?limit=20&until=1+2`,
    );
    expect(read('https://evil.example/?access_token=a&access_token=b').url).toBe('https://evil.example/');
  });

  it('takes the scheme of the root for a link of the API in plain http', () => {
    expect(read('http://api.mixcloud.com/bob/').url).toBe(`${API}/bob/`);
    expect(read('http://other.example/bob/').url).toBe('http://other.example/bob/');
    expect(read('http://127.0.0.1:8000/', 'http://127.0.0.1:8000').url).toBe('http://127.0.0.1:8000/');
  });

  it.each<readonly [unknown, string]>([
    ['bob', 'url: expected an absolute http or https URL, but got "bob"'],
    ['/bob/', 'but got "/bob/"'],
    ['//api.mixcloud.com/bob/', 'but got "//api.mixcloud.com/bob/"'],
    ['javascript:alert(1)', 'but got "javascript:alert(1)"'],
    ['file:///etc/passwd', 'but got "file:///etc/passwd"'],
    ['https://bob@api.mixcloud.com/', 'but got "https://…@api.mixcloud.com/"'],
    ['https://bob:s3cret@api.mixcloud.com/', 'but got "https://…@api.mixcloud.com/"'],
    ['ftp://api.mixcloud.com/?access_token=s3cret', 'but got "ftp://api.mixcloud.com/?access_token=[redacted]"'],
    [5, 'but got 5'],
    [null, 'but got null'],
    [new URL(API), 'but got a URL'],
  ])('is a TypeError for %s', (input, expected) => {
    expect(() => read(input)).toThrow(TypeError);
    expect(() => read(input)).toThrow(expected);
  });
});

describe('the access token', () => {
  const get = (client: ReturnType<typeof owner>, url: string) =>
    buildGetRequest(client, parseLink('url', url, client.apiRoot), {}, {});

  it('goes with a link of the API', () => {
    expect(get(owner(), `${API}/bob/?limit=5`)).toEqual({
      method: 'GET',
      url: `${API}/bob/?limit=5&metadata=1`,
      secrets: { access_token: TOKEN },
      idempotent: true,
      timeout: 60_000,
    });
  });

  it.each([
    'https://evil.example/bob/',
    'https://www.mixcloud.com/bob/',
    'http://api.mixcloud.com:81/',
    'http://localhost/',
  ])('does not go to %s', (url) => {
    expect(get(owner(), url).secrets).toEqual({});
  });

  it('replaces one that is in the link, which is never shown', () => {
    const planned = get(owner(), `${API}/bob/?access_token=another`);
    expect(planned.url).toBe(`${API}/bob/?metadata=1`);
    expect(planned.secrets).toEqual({ access_token: TOKEN });
    expect(get(context(), `${API}/bob/?access_token=another`)).toMatchObject({ url: planned.url, secrets: {} });
  });

  it('goes to a loopback address in plain text, and to nobody else', () => {
    const local = owner({ apiRoot: 'http://127.0.0.1:8000/api' });
    expect(buildGetRequest(local, toKeyLink(local, 'bob'), {}, {}).secrets).toEqual({ access_token: TOKEN });
    const plain = owner({ apiRoot: 'http://api.mixcloud.com' });
    const refusal = new TypeError(
      'accessToken: not sent to http://api.mixcloud.com in plain text; use an https apiRoot',
    );
    expect(() => buildGetRequest(plain, toKeyLink(plain, 'bob'), {}, {})).toThrow(refusal);
    expect(() => buildWriteRequest(plain, 'POST', toKeyLink(plain, 'bob/follow'), {})).toThrow(refusal);
    expect(buildGetRequest(context({ apiRoot: plain.apiRoot }), toKeyLink(plain, 'bob'), {}, {}).secrets).toEqual({});
  });

  it('is needed for what writes', () => {
    const client = context();
    expect(() => buildWriteRequest(client, 'DELETE', toKeyLink(client, 'bob/follow'), {})).toThrow(
      /^accessToken: this needs an/,
    );
  });

  it('is not sent with what no link is for', () => {
    expect(buildPlainRequest(owner(), 'https://app.mixcloud.com/oembed/', {}).secrets).toEqual({});
  });
});

describe('a built request', () => {
  it('takes the time-out of the call before that of the client', () => {
    const client = context({ timeout: 5 });
    expect(buildPlainRequest(client, API, {}).timeout).toBe(5);
    expect(buildPlainRequest(client, API, { timeout: 7 }).timeout).toBe(7);
  });

  it('lets the caller say what metadata to ask for', () => {
    const client = context();
    expect(buildGetRequest(client, toKeyLink(client, 'bob'), { metadata: '0', a: 'b c' }, {}).url).toBe(
      `${API}/bob/?metadata=0&a=b+c`,
    );
  });
});
