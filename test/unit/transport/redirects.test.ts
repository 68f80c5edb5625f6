import { describe, expect, it } from 'vitest';
import { withRedirects } from '../../../src/async/transport/redirects.ts';
import { connectionFailure, getRequest, newCall, rawResponse, replying } from './support.ts';

const to = (location: string, status = 302) => rawResponse(status, { location });

describe('withRedirects', () => {
  it.each([301, 302, 303, 307, 308])('follows a %i of a GET, with the secrets of the request', async (status) => {
    const { sender, sent } = replying(to('/peter/?page=2', status), rawResponse());
    const request = getRequest({ secrets: { access_token: 'secret' } });
    expect(await withRedirects(sender)(request, newCall())).toMatchObject({ status: 200 });
    expect(sent.map(({ url }) => url)).toEqual([request.url, 'https://api.example/peter/?page=2']);
    expect(sent[1]?.secrets).toEqual(request.secrets);
  });

  it('resolves a relative location against the hop before', async () => {
    const { sender, sent } = replying(to('/a/b/'), to('c/'), rawResponse());
    await withRedirects(sender)(getRequest(), newCall());
    expect(sent[2]?.url).toBe('https://api.example/a/b/c/');
  });

  it.each([
    ['http://api.example/bob/', /another origin, http:\/\/api\.example/],
    ['https://api.example:444/bob/', /another origin/],
    ['//elsewhere.example/', /another origin, https:\/\/elsewhere\.example/],
    ['javascript:alert(1)', /another origin/],
    ['http://[', /to no URL/],
  ])('fails for a redirect to %s', async (location, message) => {
    const { sender, sent } = replying(to(location));
    expect(await withRedirects(sender)(getRequest(), newCall())).toMatchObject({
      type: 'failure',
      code: 'ERR_MIXCLOUD_REDIRECT',
      message: expect.stringMatching(message),
    });
    expect(sent).toHaveLength(1);
  });

  it('fails after five redirects', async () => {
    const { sender, sent } = replying(to('/again/'));
    const result = await withRedirects(sender)(getRequest(), newCall());
    expect(result).toMatchObject({ message: 'answered with more than 5 redirects' });
    expect(sent).toHaveLength(6);
  });

  it.each(['POST', 'DELETE'] as const)('fails for a redirect of a %s', async (method) => {
    const { sender, sent } = replying(to('/bob/follow/'));
    const result = await withRedirects(sender)(getRequest({ method, idempotent: false }), newCall());
    expect(result).toMatchObject({ code: 'ERR_MIXCLOUD_REDIRECT', message: expect.stringContaining(method) });
    expect(sent).toHaveLength(1);
  });

  it('passes on a redirect without a location, other statuses, and failures', async () => {
    for (const result of [rawResponse(302), rawResponse(404, { location: '/x/' }), connectionFailure('ECONNRESET')]) {
      expect(await withRedirects(replying(result).sender)(getRequest(), newCall())).toBe(result);
    }
  });
});
