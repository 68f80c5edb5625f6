import { inspect } from 'node:util';
import {
  MixcloudClosedError,
  MixcloudConnectionError,
  MixcloudOAuthError,
  MixcloudTimeoutError,
  OAUTH_ROOT,
} from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { LISTENER_APP, OWNER_APP, OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { onlyQuery } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const { clientId, clientSecret, firstCode } = OWNER_APP;
const PATIENT = { timeout: 10_000 };
const redirectUri = 'https://station.example/store-code';

describe.each(modes)('OAuth ($mode)', ({ Mixcloud, MixcloudOAuth }) => {
  const oauthOf = (world: WorldHandle, options = {}) =>
    new MixcloudOAuth({ oauthRoot: world.oauthRoot, clientId, clientSecret, redirectUri, ...options });

  it('goes to the real pages by default', () => {
    expect(new MixcloudOAuth().oauthRoot).toBe(OAUTH_ROOT);
    expect(new MixcloudOAuth({ clientId: 'an id', redirectUri }).authorizationUrl).toBe(
      'https://www.mixcloud.com/oauth/authorize?client_id=an+id&redirect_uri=https%3A%2F%2Fstation.example%2Fstore-code',
    );
  });

  it('takes a user there and back, and gives a token that works', async () => {
    const world = await newWorld();
    const oauth = oauthOf(world);
    const response = await fetch(oauth.authorizationUrl, { redirect: 'manual' });
    const back = new URL(response.headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(redirectUri);
    const accessToken = await oauth.accessToken(back.searchParams.get('code') ?? '');
    expect(accessToken).toBe(OWNER_TOKEN);
    expect((await clientOf(Mixcloud, world, { accessToken }).me()).username).toBe('stationowner');
  });

  it('asks with all that the API wants, once', async () => {
    const world = await newWorld();
    await oauthOf(world).accessToken(firstCode);
    expect(await onlyQuery(world)).toEqual({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      code: firstCode,
    });
  });

  it.each(['json', 'form'] as const)('reads an answer that comes as %s', async (oauthFormat) => {
    const world = await newWorld({ oauthFormat });
    expect(await oauthOf(world).accessToken(firstCode)).toBe(OWNER_TOKEN);
    expect(await oauthOf(world).accessToken('used or unknown')).toBeNull();
    const raising = oauthOf(world, { raiseExceptions: true });
    expect((await thrown(MixcloudOAuthError, () => raising.accessToken('unknown'))).message).toBe(
      'This code is not valid',
    );
  });

  describe('a missing property', () => {
    it.each(['clientId', 'redirectUri'])('%s is named by authorizationUrl', async (name) => {
      const oauth = new MixcloudOAuth({ clientId, redirectUri, [name]: undefined });
      expect((await thrown(TypeError, () => oauth.authorizationUrl)).message).toContain(`${name}: missing`);
    });

    it.each(['clientId', 'clientSecret', 'redirectUri'])('%s is named by accessToken', async (name) => {
      const world = await newWorld();
      const oauth = oauthOf(world, { [name]: undefined });
      expect((await thrown(TypeError, () => oauth.accessToken(firstCode))).message).toContain(`${name}: missing`);
      expect(await world.requests()).toEqual([]);
    });

    it('is not the secret for authorizationUrl', () => {
      expect(new MixcloudOAuth({ clientId, redirectUri }).authorizationUrl).toContain(clientId);
    });

    it('can be set later', async () => {
      const world = await newWorld();
      const oauth = new MixcloudOAuth({ oauthRoot: world.oauthRoot });
      expect([oauth.clientId, oauth.clientSecret, oauth.redirectUri, oauth.mixcloud]).toEqual([null, null, null, null]);
      oauth.clientId = clientId;
      oauth.clientSecret = clientSecret;
      oauth.redirectUri = redirectUri;
      oauth.mixcloud = clientOf(Mixcloud, world);
      expect(await oauth.accessToken(firstCode)).toBe(OWNER_TOKEN);
      oauth.clientSecret = null;
      await thrown(TypeError, () => oauth.accessToken(firstCode));
    });
  });

  it.each([
    ['clientId', 7],
    ['clientId', ''],
    ['redirectUri', {}],
    ['oauthRoot', 'www.mixcloud.com/oauth'],
    ['raiseExceptions', 'yes'],
    ['mixcloud', {}],
    ['client_id', 'x'],
  ])('refuses %s: %j', async (name, value) => {
    const { message } = await thrown(TypeError, () => new MixcloudOAuth({ [name]: value } as never));
    expect(message).toContain(name);
  });

  it.each([7, '', { secret: 'hidden' }])('refuses the secret %j without showing it', async (secret) => {
    const { message } = await thrown(TypeError, () => new MixcloudOAuth({ clientSecret: secret as string }));
    expect(message).toBe('clientSecret: expected a string that is not empty');
  });

  it.each([undefined, '', ' ', 7])('refuses the code %j before anything is sent', async (code) => {
    const world = await newWorld();
    expect((await thrown(TypeError, () => oauthOf(world).accessToken(code as string))).message).toMatch(/^code: /);
    expect(await world.requests()).toEqual([]);
  });

  describe('a failed exchange', () => {
    it('gives null', async () => {
      const world = await newWorld();
      expect(await oauthOf(world).accessToken('wrong')).toBeNull();
      expect(await oauthOf(world, { clientSecret: LISTENER_APP.clientSecret }).accessToken(firstCode)).toBeNull();
    });

    it('throws a MixcloudOAuthError with message and status under raiseExceptions', async () => {
      const world = await newWorld({ oauthFailureStatus: 403 });
      const oauth = oauthOf(world, { raiseExceptions: true, clientSecret: 'EmulatorNotTheSecret' });
      const error = await thrown(MixcloudOAuthError, () => oauth.accessToken(firstCode));
      expect([error.message, error.status, error.name]).toEqual(['Wrong client_secret', 403, 'MixcloudOAuthError']);
    });

    it.each([
      [undefined, undefined, false],
      [undefined, true, true],
      [false, true, false],
      [true, false, true],
      [true, undefined, true],
    ])('own raiseExceptions %s, that of the client %s: throws %s', async (own, ofClient, throws) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world, { raiseExceptions: ofClient });
      const oauth = oauthOf(world, { raiseExceptions: own, mixcloud });
      if (throws) await thrown(MixcloudOAuthError, () => oauth.accessToken('wrong'));
      else expect(await oauth.accessToken('wrong')).toBeNull();
    });

    it.each(['empty', 'html-200', 'array', 'html-500', 'truncated-json'])(
      'is one when the answer has no token (%s)',
      async (fault) => {
        const world = await newWorld();
        await world.fault({ name: fault, ...(fault === 'truncated-json' ? { param: 8 } : {}) });
        expect(await oauthOf(world).accessToken(firstCode)).toBeNull();
        await thrown(MixcloudOAuthError, () => oauthOf(world, { raiseExceptions: true }).accessToken(firstCode));
      },
    );

    it('throws in any case when there is no answer, and is not tried again', async () => {
      const world = await newWorld();
      await world.fault({ name: 'reset' });
      await thrown(MixcloudConnectionError, () => oauthOf(world).accessToken(firstCode));
      expect(await world.requests()).toHaveLength(1);
      await world.clearFaults();
      await world.fault({ name: 'hang' });
      await thrown(MixcloudTimeoutError, () => oauthOf(world).accessToken(firstCode, { timeout: 200 }));
    });
  });

  describe('the pool', () => {
    it('is that of mixcloud, which stays open until that is closed', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      expect(await oauthOf(world, { mixcloud }).accessToken(firstCode)).toBe(OWNER_TOKEN);
      expect((await mixcloud.get('peter')).key).toBe('/peter/');
      expect((await world.connections()).open).toBeGreaterThan(0);
      await mixcloud.close();
      await expect.poll(async () => (await world.connections()).open, PATIENT).toBe(0);
    });

    it('is one of its own without it, closed after', async () => {
      const world = await newWorld();
      await oauthOf(world).accessToken(firstCode);
      await expect.poll(async () => (await world.connections()).open, PATIENT).toBe(0);
    });

    it('is refused when the client is closed', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      await mixcloud.close();
      const error = await thrown(MixcloudClosedError, () => oauthOf(world, { mixcloud }).accessToken(firstCode));
      expect(error).toHaveProperty('code', 'ERR_MIXCLOUD_CLOSED');
    });
  });

  it('sends the secret in plain text to no other machine', async () => {
    const oauth = new MixcloudOAuth({ oauthRoot: 'http://oauth.example', clientId, clientSecret, redirectUri });
    const { message } = await thrown(TypeError, () => oauth.accessToken(firstCode));
    expect(message).toContain('clientSecret: not sent to http://oauth.example');
  });

  it('shows neither secret, code nor token', async () => {
    const world = await newWorld();
    const oauth = oauthOf(world, { raiseExceptions: true });
    await world.fault({ name: 'reset', times: 1 });
    const errors = [
      await thrown(MixcloudConnectionError, () => oauth.accessToken(firstCode)),
      await thrown(MixcloudOAuthError, () => oauth.accessToken(`${firstCode}no`)),
    ];
    const shown = [oauth, ...errors].map(
      (value) => inspect(value, { depth: 9, showHidden: true }) + JSON.stringify(value),
    );
    for (const secret of [clientSecret, firstCode, OWNER_TOKEN]) expect(shown.join()).not.toContain(secret);
  });
});
