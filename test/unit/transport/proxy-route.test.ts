import { describe, expect, it } from 'vitest';
import { getProxyUrl } from '../../../src/async/transport/proxy-route.ts';

const HTTP = 'http://one.example:8080/';
const HTTPS = 'http://two.example:8080/';

describe('getProxyUrl', () => {
  it.each([
    ['http://api.example/', '', HTTP],
    ['https://api.example/', '', HTTPS],
    ['https://api.example/', '*', undefined],
    ['https://api.example/', 'other.example', HTTPS],
    ['https://api.example/', 'api.example', undefined],
    ['https://api.example/', 'API.example', undefined],
    ['https://api.example/', 'example', undefined],
    ['https://api.example/', '.example', undefined],
    ['https://api.example/', '*.example', undefined],
    ['https://api.example/', 'pi.example', HTTPS],
    ['https://api.example/', 'a.b, api.example', undefined],
    ['https://api.example/', 'a.b api.example', undefined],
    ['https://api.example/', 'api.example:443', undefined],
    ['https://api.example/', 'api.example:80', HTTPS],
    ['https://api.example:444/', 'api.example:444', undefined],
    ['http://127.0.0.1:4000/', '127.0.0.1', undefined],
    ['http://localhost:4000/', 'localhost', undefined],
    ['http://[::1]:4000/', '[::1]', undefined],
    ['http://[::1]:4000/', '[::1]:4000', undefined],
    ['http://[::1]:4000/', '127.0.0.1,::1', undefined],
    ['https://[2001:db8::7]/', '2001:DB8::7', undefined],
    ['https://[2001:db8::7]/', '2001:db8::8', HTTPS],
  ])('for %s with NO_PROXY=%s', (url, except, proxy) => {
    expect(getProxyUrl({ by: 'env', http: HTTP, https: HTTPS, except }, new URL(url))?.href).toBe(proxy);
  });

  it('falls back to HTTP_PROXY for https, and to none', () => {
    const url = new URL('https://api.example/');
    expect(getProxyUrl({ by: 'env', http: HTTP, https: '', except: '' }, url)?.href).toBe(HTTP);
    expect(getProxyUrl({ by: 'env', http: '', https: '', except: '' }, url)).toBeNull();
    expect(getProxyUrl(null, url)).toBeNull();
  });
});
