import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MixcloudOAuthError } from 'mixcloud-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { thrown } from '../support/thrown.ts';
import { handles, newEmulator } from './modes.ts';

const REDIRECT_URI = 'http://127.0.0.1:9/back';

/** What the authorization page sends a browser to, without going there. */
async function follow(url: string, accept = '*/*'): Promise<URLSearchParams> {
  const response = await fetch(url, { redirect: 'manual', headers: { accept } });
  return new URL(response.headers.get('location') ?? '').searchParams;
}

describe.each(handles)('OAuth on an emulator ($mode)', ({ startEmulator, Mixcloud, MixcloudOAuth }) => {
  it('goes from the page over a code to a token, and ends with its revocation', async () => {
    const emulator = await newEmulator(startEmulator);
    const oauth = new MixcloudOAuth({ ...emulator.oauthOptions(), redirectUri: REDIRECT_URI });
    const code = (await follow(oauth.authorizationUrl)).get('code') ?? '';
    const accessToken = await oauth.accessToken(code);
    const mixcloud = new Mixcloud({ ...emulator.options(), accessToken });
    expect((await mixcloud.me()).key).toBe('/stationowner/');
    // A code is good once.
    expect(await oauth.accessToken(code)).toBeNull();
    await emulator.revoke('stationowner');
    expect((await mixcloud.me()).data).toMatchObject({ error: { type: 'OAuthException' } });
    const second = (await follow(oauth.authorizationUrl)).get('code') ?? '';
    mixcloud.accessToken = await oauth.accessToken(second);
    expect((await mixcloud.me()).key).toBe('/stationowner/');
    await mixcloud.close();
  });

  it('logs in a user of your own, with a token of your own', async () => {
    const emulator = await newEmulator(startEmulator, { world: 'empty' });
    await emulator.addUser({ username: 'first' });
    await emulator.addUser({ username: 'mystation', accessToken: 'a-token-of-mine' });
    const login = async (as?: string) => {
      const oauth = new MixcloudOAuth({ ...emulator.oauthOptions({ as }), redirectUri: REDIRECT_URI });
      return oauth.accessToken((await follow(oauth.authorizationUrl)).get('code') ?? '');
    };
    expect(await login('mystation')).toBe('a-token-of-mine');
    expect(await login()).toBe(emulator.options({ as: 'first' }).accessToken);
    expect(() => emulator.oauthOptions({ as: 'nobody' })).toThrow(new TypeError('as: there is no user "nobody"'));
  });

  it('shows a browser a page with two links', async () => {
    const emulator = await newEmulator(startEmulator);
    const oauth = new MixcloudOAuth({ ...emulator.oauthOptions({ as: 'bob' }), redirectUri: REDIRECT_URI });
    const page = await fetch(oauth.authorizationUrl, { headers: { accept: 'text/html,*/*;q=0.8' } });
    const text = await page.text();
    expect(text).toContain('the account of bob');
    const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, href = '']) =>
      href.replace(/&#(\d+);/g, (_, character) => String.fromCharCode(Number(character))),
    );
    const [allow, deny] = await Promise.all(links.map((link) => follow(emulator.url + link, 'text/html')));
    expect(await oauth.accessToken(allow?.get('code') ?? '')).toBe(emulator.options({ as: 'bob' }).accessToken);
    expect(deny?.get('error')).toBe('access_denied');
  });

  it('can be denied, by a fault', async () => {
    const emulator = await newEmulator(startEmulator);
    await emulator.fault({ name: 'access-denied', times: 1 });
    const oauth = new MixcloudOAuth({ ...emulator.oauthOptions(), redirectUri: REDIRECT_URI });
    expect((await new Mixcloud(emulator.options()).get('bob')).key).toBe('/bob/');
    expect((await follow(oauth.authorizationUrl)).get('error')).toBe('access_denied');
    expect((await follow(oauth.authorizationUrl)).has('code')).toBe(true);
  });

  it('rejects a wrong secret and another redirect URI', async () => {
    const emulator = await newEmulator(startEmulator);
    const options = { ...emulator.oauthOptions(), redirectUri: REDIRECT_URI, raiseExceptions: true };
    const oauth = new MixcloudOAuth(options);
    const code = (await follow(oauth.authorizationUrl)).get('code') ?? '';
    for (const wrong of [{ clientSecret: 'wrong' }, { redirectUri: 'http://127.0.0.1:9/other' }]) {
      await thrown(MixcloudOAuthError, () => new MixcloudOAuth({ ...options, ...wrong }).accessToken(code));
    }
    expect(await oauth.accessToken(code)).toBe(emulator.options({ as: 'stationowner' }).accessToken);
  });

  it('sends a browser back to a listener of your own', async () => {
    const emulator = await newEmulator(startEmulator);
    const queries: string[] = [];
    const server = createServer((request, response) => {
      queries.push(request.url ?? '');
      response.end('done');
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/back`;
    const oauth = new MixcloudOAuth({ ...emulator.oauthOptions(), redirectUri });
    expect(await (await fetch(oauth.authorizationUrl)).text()).toBe('done');
    expect(queries).toEqual([expect.stringMatching(/^\/back\?code=\w+$/)]);
  });
});
