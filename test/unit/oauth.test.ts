import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { validateMilliseconds } from '../../src/shared/base/argument.ts';
import { OAuth, type OAuthClient } from '../../src/shared/client/oauth.ts';
import { CALL_OPTIONS, type ClientContext } from '../../src/shared/operations/client-context.ts';
import { RUN } from '../../src/shared/operations/mode.ts';
import { MixcloudOAuthError } from '../../src/shared/protocol/errors.ts';
import type { ApiResult } from '../../src/shared/protocol/messages.ts';
import type { Operation } from '../../src/shared/protocol/operation.ts';
import { type FakeMode, FakeRunner, failure, response } from './fakes.ts';

const SECRET = 'TheSecretOfTheApplication';

/** The helper, with a server that always says the same. */
class FakeOAuth extends OAuth<FakeMode, OAuthClient> {
  protected readonly [CALL_OPTIONS] = { timeout: validateMilliseconds };
  protected readonly printLine = (): void => undefined;
  readonly runner: FakeRunner;

  constructor(options: unknown, result: ApiResult = response({ access_token: 'abc' })) {
    super('MixcloudOAuth', options);
    this.runner = new FakeRunner({}, () => result);
  }

  protected runOn<A extends readonly unknown[], T>(
    operation: (context: ClientContext, ...args: A) => Operation<T>,
    ...args: A
  ): T {
    return this.runner[RUN](operation, ...args);
  }

  protected validateClient(value: unknown): OAuthClient {
    return value as OAuthClient;
  }
}

const SET = { clientId: 'id', clientSecret: SECRET, redirectUri: 'https://example.com/store code?a=b' };
const make = (result?: ApiResult, further: object = {}) => new FakeOAuth({ ...SET, ...further }, result);
const client = (init: Partial<OAuthClient> = {}): OAuthClient => ({
  raiseExceptions: false,
  timeout: 5,
  jsonDecoder: JSON.parse,
  ...init,
});

describe('authorizationUrl', () => {
  it('names the application and where to come back to', () => {
    expect(make().authorizationUrl).toBe(
      'https://www.mixcloud.com/oauth/authorize?client_id=id&redirect_uri=https%3A%2F%2Fexample.com%2Fstore+code%3Fa%3Db',
    );
  });

  it('needs no secret', () => {
    const oauth = new FakeOAuth({ oauthRoot: 'https://x.example/oauth/' });
    expect(() => oauth.authorizationUrl).toThrow(new TypeError('clientId: missing; set it as an option or a property'));
    oauth.clientId = 'id';
    expect(() => oauth.authorizationUrl).toThrow(/^redirectUri: missing/);
    oauth.redirectUri = new URL('https://example.com');
    expect(oauth.authorizationUrl).toBe(
      'https://x.example/oauth/authorize?client_id=id&redirect_uri=https%3A%2F%2Fexample.com%2F',
    );
  });
});

describe('accessToken', () => {
  it('sends secret and code apart from the URL, once', () => {
    const oauth = make();
    expect(oauth.accessToken('the code')).toBe('abc');
    expect(oauth.runner.batches).toEqual([
      {
        requests: [
          {
            method: 'GET',
            url: 'https://www.mixcloud.com/oauth/access_token?client_id=id&redirect_uri=https%3A%2F%2Fexample.com%2Fstore+code%3Fa%3Db',
            secrets: { client_secret: SECRET, code: 'the code' },
            idempotent: false,
            timeout: 60_000,
          },
        ],
        concurrency: 1,
      },
    ]);
  });

  it('takes the time-out of the call, else that of the client', () => {
    const oauth = make();
    oauth.mixcloud = client();
    oauth.accessToken('x');
    oauth.accessToken('x', { timeout: 7 });
    expect(oauth.runner.batches.map(({ requests }) => requests[0]?.timeout)).toEqual([5, 7]);
  });

  it.each<readonly [string, string]>([
    ['JSON', '{"access_token": "a b"}'],
    ['a form', 'access_token=a+b'],
    ['a form with more', 'expires=never&access_token=a%20b\n'],
  ])('reads the token from %s', (_name, body) => {
    expect(make(response(body)).accessToken('x')).toBe('a b');
  });

  it.each<readonly [string, ApiResult, string]>([
    ['an error in words', response({ error: 'invalid code' }, { status: 400 }), 'invalid code'],
    ['an error object', response({ error: { type: 'X', message: 'Invalid.' } }), 'Invalid.'],
    ['an error in a form', response('error=invalid_grant'), 'invalid_grant'],
    ['an error that is no text', response({ error: 5 }), 'no access token in the answer'],
    ['an empty error', response({ error: '' }), 'no access token in the answer'],
    [
      'a token with an error status',
      response({ access_token: 'abc' }, { status: 400 }),
      'no access token in the answer',
    ],
    ['an empty token', response({ access_token: '' }), 'no access token in the answer'],
    ['a token that is no text', response({ access_token: 5 }), 'no access token in the answer'],
    ['HTML', response('<html>access_token=abc</html>', { status: 502 }), 'no access token in the answer'],
    ['nothing', response(''), 'no access token in the answer'],
  ])('gives null for %s, or throws', (_name, result, message) => {
    expect(make(result).accessToken('x')).toBeNull();
    const raising = make(result, { raiseExceptions: true });
    expect(() => raising.accessToken('x')).toThrow(MixcloudOAuthError);
    expect(() => raising.accessToken('x')).toThrow(message);
    expect(() => raising.accessToken('x')).toThrow(
      expect.objectContaining({
        code: 'ERR_MIXCLOUD_OAUTH',
        status: result.type === 'response' ? result.status : null,
      }),
    );
  });

  it('throws as its own option says, else as the client does', () => {
    const refused = response({ error: 'no' });
    const settled = (own: boolean | undefined, other: boolean) => {
      const oauth = make(refused, { raiseExceptions: own });
      oauth.mixcloud = client({ raiseExceptions: other });
      try {
        return oauth.accessToken('x');
      } catch {
        return 'thrown';
      }
    };
    expect([settled(undefined, true), settled(undefined, false)]).toEqual(['thrown', null]);
    expect([settled(true, false), settled(false, true)]).toEqual(['thrown', null]);
  });

  it('always throws when there is no answer', () => {
    expect(() => make(failure()).accessToken('x')).toThrow(/^GET https:\/\/www\.mixcloud\.com\/oauth\/access_token\?/);
  });

  it('uses the decoder of the client', () => {
    const oauth = make(response('anything'));
    oauth.mixcloud = client({ jsonDecoder: () => ({ access_token: 'decoded' }) });
    expect(oauth.accessToken('x')).toBe('decoded');
  });

  it.each<readonly [object, unknown, string]>([
    [{ clientId: null }, 'x', 'clientId: missing'],
    [{ redirectUri: null }, 'x', 'redirectUri: missing'],
    [{ clientSecret: undefined }, 'x', 'clientSecret: missing'],
    [{}, '', 'code: expected a string that is not empty'],
    [{}, 5, 'code: expected a string, but got 5'],
    [{ oauthRoot: 'http://example.com/oauth' }, 'x', 'clientSecret: not sent to http://example.com in plain text'],
  ])('with %j and %j is a TypeError before anything is sent', (further, code, expected) => {
    const oauth = make(undefined, further);
    expect(() => oauth.accessToken(code as string)).toThrow(TypeError);
    expect(() => oauth.accessToken(code as string)).toThrow(expected);
    expect(oauth.runner.sent).toEqual([]);
  });

  it('goes to a loopback address in plain text', () => {
    expect(make(undefined, { oauthRoot: 'http://127.0.0.1:8000/oauth' }).accessToken('x')).toBe('abc');
  });
});

describe('options and properties', () => {
  it.each<readonly [object, string]>([
    [{ clientId: 5 }, 'clientId: expected a string, but got 5'],
    [{ clientId: ' ' }, 'clientId: expected a string that is not empty'],
    [{ clientSecret: 12345678 }, 'clientSecret: expected a string that is not empty'],
    [{ redirectUri: {} }, 'redirectUri: expected a string, but got an object'],
    [{ oauthRoot: 'nowhere' }, 'oauthRoot: expected an http or https URL'],
    [{ raiseExceptions: 'no' }, 'raiseExceptions: expected true or false'],
    [{ client_id: 'x' }, 'MixcloudOAuth options: unknown option "client_id", did you mean "clientId"?'],
  ])('refuse %j', (further, expected) => {
    expect(() => make(undefined, further)).toThrow(TypeError);
    expect(() => make(undefined, further)).toThrow(expected);
    expect(() => make(undefined, further)).not.toThrow('12345678');
  });

  it('can be set and unset', () => {
    const oauth = new FakeOAuth(undefined);
    expect([oauth.clientId, oauth.clientSecret, oauth.redirectUri, oauth.mixcloud]).toEqual([null, null, null, null]);
    Object.assign(oauth, SET);
    expect([oauth.clientId, oauth.clientSecret, oauth.redirectUri]).toEqual(Object.values(SET));
    oauth.clientSecret = null;
    expect(inspect(oauth)).toContain('clientSecret: null');
    expect(() => oauth.accessToken('x')).toThrow(/^clientSecret: missing/);
    expect(() => Object.assign(oauth, { clientId: 5 })).toThrow(TypeError);
    expect(oauth.clientId).toBe('id');
    oauth.clientId = null;
    expect(oauth.clientId).toBeNull();
  });

  it('are shown without the secret', () => {
    const oauth = make();
    for (const shown of [inspect(oauth), JSON.stringify(oauth), inspect({ oauth }, { depth: 0 })]) {
      expect(shown).not.toContain(SECRET);
    }
    expect(inspect(oauth)).toContain("clientSecret: '[set]'");
    expect(JSON.parse(JSON.stringify(oauth))).toEqual({
      oauthRoot: 'https://www.mixcloud.com/oauth',
      clientId: SET.clientId,
      redirectUri: SET.redirectUri,
    });
  });
});
