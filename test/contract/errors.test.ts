import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import {
  MixcloudAuthorizationError,
  MixcloudClosedError,
  MixcloudConnectionError,
  MixcloudDecodeError,
  MixcloudError,
  MixcloudOAuthError,
  MixcloudRateLimitError,
  MixcloudTimeoutError,
  MixcloudWorkerError,
} from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { AWKWARD_TOKEN, OWNER_TOKEN, REVOKED_TOKEN } from '../emulator/start.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const CLASSES = [
  MixcloudError,
  MixcloudRateLimitError,
  MixcloudAuthorizationError,
  MixcloudOAuthError,
  MixcloudDecodeError,
  MixcloudConnectionError,
  MixcloudTimeoutError,
  MixcloudWorkerError,
  MixcloudClosedError,
];

/** Files of the stack's frames, without Node's own. */
function framesOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.flatMap((line) => /(?:\(|at (?:async )?)((?:file:\/\/)?\/[^()\s]*):\d+:\d+\)?$/.exec(line)?.[1] ?? []);
}

const DEEP = { depth: 9, showHidden: true };

async function caught(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error;
  }
}

describe('error classes', () => {
  it.each(CLASSES.map((type) => [type.name, type] as const))('%s is a MixcloudError and an Error', (name, type) => {
    const error = Object.create(type.prototype);
    expect(error).toBeInstanceOf(MixcloudError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
  });

  it.each([
    new MixcloudConnectionError('refused'),
    new MixcloudTimeoutError('late', { timeout: 5 }),
    new MixcloudWorkerError('dead'),
  ])('assume that something was sent if their creator does not say: %o', ({ sent }) => {
    expect(sent).toBe(true);
  });
});

describe.each(modes)('errors ($mode)', ({ mode, Mixcloud }) => {
  const raising = (apiRoot: string, options = {}) =>
    new Mixcloud({ apiRoot, raiseExceptions: true, retries: 0, ...options });

  describe('MixcloudError', () => {
    it('carries type, message, extra, details, status and data', async () => {
      const world = await newWorld();
      const error = await thrown(MixcloudError, () => raising(world.faultRoot('api-error', 418)).get('bob'));
      expect(error.type).toBe('DoesNotExist');
      expect(error.message).toBe('The object is not here.');
      expect(error.extra).toEqual({ extra_field: 'seen', owner: { key: '/bob/' } });
      expect(error.details).toEqual({ name: ['Too short.', 'Too plain.'] });
      expect(error.status).toBe(418);
      expect(error.code).toBe('ERR_MIXCLOUD');
      expect(error.data).toMatchObject({ error: { type: 'DoesNotExist' }, details: { name: expect.any(Array) } });
    });

    it.each(['error-200', 'error-string', 'error-bare', 'ok-400'])(
      'is thrown for an error of any shape (%s)',
      async (fault) => {
        const world = await newWorld();
        const error = await thrown(MixcloudError, () => raising(world.faultRoot(fault)).get('bob'));
        expect(error.status).toBe(fault === 'error-200' ? 200 : 400);
        expect(error.message).toMatch(
          fault === 'error-200' || fault === 'error-string' ? /^The object is not here\.$/ : /^400 Bad Request: /,
        );
        expect([typeof error.extra, typeof error.details]).toEqual(['object', 'object']);
      },
    );

    it('is not thrown without raiseExceptions; the error is an AccessDict', async () => {
      const world = await newWorld();
      const response = await new Mixcloud({ apiRoot: world.faultRoot('api-error') }).get('bob');
      expect(String(response)).toBe("<AccessDict: error 'The object is not here.'>");
      expect([response.error.type, String(response.error), response.error.owner.key]).toEqual([
        'DoesNotExist',
        '<AccessDict>',
        '/bob/',
      ]);
      expect(response.details.name[1]).toBe('Too plain.');
    });

    it('reads like its type and message, with what else the API said', async () => {
      const world = await newWorld();
      const error = await thrown(MixcloudError, () => raising(world.faultRoot('api-error')).get('bob'));
      expect(String(error)).toBe(
        'DoesNotExist: The object is not here. (details: {"name":["Too short.","Too plain."]}) ' +
          '(extra: {"extra_field":"seen","owner":{"key":"/bob/"}})',
      );
      const bare = await thrown(MixcloudError, () => raising(world.apiRoot).get('nobody-of-that-name'));
      expect(String(bare)).toBe('ResourceNotFoundException: User does not exist.');
      expect(JSON.parse(JSON.stringify(bare))).toMatchObject({
        name: 'MixcloudError',
        message: 'User does not exist.',
        status: 404,
      });
    });
  });

  describe('MixcloudRateLimitError', () => {
    it.each(['rate-limit', 'rate-limit-header', 'rate-limit-body'])(
      'carries the seconds to wait (%s)',
      async (fault) => {
        const world = await newWorld();
        const error = await thrown(MixcloudRateLimitError, () => raising(world.faultRoot(fault, 452)).get('bob'));
        expect([error.retryAfter, error.status, error.type]).toEqual([452, 403, 'RateLimitException']);
        expect([error.code, error.name]).toEqual(['ERR_MIXCLOUD_RATE_LIMIT', 'MixcloudRateLimitError']);
        expect(error.message).toBe('You have hit your rate limit. Retry after 452 seconds.');
      },
    );

    it('reads a date too', async () => {
      const world = await newWorld();
      const error = await thrown(MixcloudRateLimitError, () =>
        raising(world.faultRoot('rate-limit-date', 60)).get('bob'),
      );
      expect(error.retryAfter).toBeGreaterThan(50);
      expect(error.retryAfter).toBeLessThanOrEqual(61);
    });
  });

  it('MixcloudAuthorizationError says that a token is wrong or was revoked', async () => {
    const world = await newWorld();
    const error = await thrown(MixcloudAuthorizationError, () =>
      raising(world.apiRoot, { accessToken: REVOKED_TOKEN }).get('bob'),
    );
    expect([error.type, error.status, error.code]).toEqual(['OAuthException', 400, 'ERR_MIXCLOUD_AUTHORIZATION']);
    expect(error.message).toBe('An invalid access token was provided');
  });

  it.each([
    ['html-200', 200, 'text/html; charset=utf-8', '<!doctype html>'],
    ['html-503', 503, 'text/html; charset=utf-8', '<html>'],
    ['empty', 200, 'text/javascript; charset=utf-8', ''],
    ['array', 200, 'text/javascript; charset=utf-8', '[1, {"key"'],
  ])('MixcloudDecodeError carries status, content type and an excerpt (%s)', async (fault, status, type, excerpt) => {
    const world = await newWorld();
    const error = await thrown(MixcloudDecodeError, () => raising(world.faultRoot(fault)).get('bob'));
    expect([error.status, error.contentType, error.code]).toEqual([status, type, 'ERR_MIXCLOUD_DECODE']);
    expect(error.excerpt.startsWith(excerpt)).toBe(true);
    expect(error.message).toMatch(new RegExp(`^${status} .*: expected a JSON object, but got `));
    expect([error.method, error.url]).toEqual(['GET', `${world.faultRoot(fault)}/bob/?metadata=1`]);
    // What the decoder said; a JSON array is decoded, and merely no object.
    if (fault !== 'array') expect(error.cause).toBeInstanceOf(SyntaxError);
  });

  it.each([
    ['reset', /RESET|SOCKET/],
    ['close-at-once', /SOCKET/],
    // undici's parser gives no code here.
    ['not-http', /ERR_MIXCLOUD_CONNECTION/],
    ['end-early', /SOCKET|LENGTH_MISMATCH|HPE/],
    ['end-early-chunked', /SOCKET|HPE/],
    ['reset-mid-body', /RESET|SOCKET|ABORTED/],
    ['big-headers', /HEADERS_OVERFLOW/],
    ['endless-body', /ERR_MIXCLOUD_BODY_SIZE/],
    ['corrupt-gzip', /Z_/],
    ['truncated-gzip', /Z_/],
  ])('MixcloudConnectionError carries a code and a cause, whatever raiseExceptions says (%s)', async (fault, code) => {
    const world = await newWorld();
    for (const raiseExceptions of [false, true]) {
      const mixcloud = raising(world.faultRoot(fault), { raiseExceptions });
      const error = await thrown(MixcloudConnectionError, () => mixcloud.get('bob'));
      expect(error.code).toMatch(code);
      expect(error.status).toBeNull();
      expect(error.message).toContain(`GET ${world.faultRoot(fault)}/bob/?metadata=1: `);
      if (fault !== 'endless-body') expect(error.cause).toBeInstanceOf(Error);
    }
  });

  it('MixcloudConnectionError is what a refused connection, a wrong name and a wrong certificate are', async () => {
    const gone = await newWorld();
    await gone.close();
    const refused = await thrown(MixcloudConnectionError, () => raising(gone.origin).get('bob'));
    expect([refused.code, (refused.cause as { code?: string }).code]).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
    const unknown = await thrown(MixcloudConnectionError, () => raising('http://no-such-host.invalid').get('bob'));
    expect(unknown.code).toMatch(/ENOTFOUND|EAI_AGAIN/);
    const world = await newWorld({ tls: 'wrong-name' });
    const tls = await thrown(MixcloudConnectionError, () => raising(world.origin).get('bob'));
    expect(tls.code).toMatch(/SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/);
  });

  it('MixcloudTimeoutError carries the time-out, whatever raiseExceptions says', async () => {
    const world = await newWorld();
    for (const raiseExceptions of [false, true]) {
      const mixcloud = raising(world.faultRoot('hang'), { raiseExceptions, timeout: 150 });
      const error = await thrown(MixcloudTimeoutError, () => mixcloud.get('bob'));
      expect([error.timeout, error.code]).toEqual([150, 'ERR_MIXCLOUD_TIMEOUT']);
      expect(error.message).toContain('no complete answer within 150 ms');
    }
  });

  describe('a stack', () => {
    const here = fileURLToPath(import.meta.url);
    const firstForeign = (error: Error) =>
      framesOf(error)
        .map((file) => file.replace('file://', ''))
        .find((file) => !file.includes('/dist/') && !file.includes('/node_modules/'));

    it.each([
      ['api-error', MixcloudError],
      ['rate-limit', MixcloudRateLimitError],
      ['html-200', MixcloudDecodeError],
      ['reset', MixcloudConnectionError],
      ['hang', MixcloudTimeoutError],
    ])("leads to the caller's line (%s)", async (fault, type) => {
      const world = await newWorld();
      const timeout = type === MixcloudTimeoutError ? 200 : 10_000;
      const mixcloud = raising(world.faultRoot(fault), { timeout, accessToken: OWNER_TOKEN });
      const inside = async () => {
        await mixcloud.get('bob');
      };
      const error = await thrown<Error>(type, inside);
      expect(firstForeign(error)).toBe(here);
      expect(error.stack).toMatch(/inside/);
      const upload = async () => {
        await mixcloud.edit('perfect-mix', { name: 'x' });
      };
      expect(firstForeign(await thrown<Error>(type, upload))).toBe(here);
    });

    it('begins at the line of the caller, or at the method that it called', async () => {
      const world = await newWorld();
      const mixcloud = raising(world.faultRoot('api-error', 500));
      const list = async () => {
        const popular = await raising(world.apiRoot).popular({ limit: 1 });
        await world.fault({ name: 'api-error', param: 500 });
        await popular[0]?.load();
      };
      for (const call of [async () => void (await mixcloud.get('bob')), list]) {
        const frames = framesOf(await thrown<Error>(MixcloudError, call)).map((file) => file.replace('file://', ''));
        // A blocking method has a frame of its own; an asynchronous one has returned.
        const [first, ...others] = frames;
        if (mode === 'sync') expect(first).toContain('/dist/');
        expect(mode === 'sync' ? others[0] : first).toBe(here);
      }
    });

    it('leads there for misuse too, and says what it is', async () => {
      const mixcloud = raising('http://127.0.0.1:9');
      const misuse = async () => {
        await mixcloud.get('..');
      };
      const error = await thrown(TypeError, misuse);
      expect(firstForeign(error)).toBe(here);
      expect(error.stack).toMatch(/^TypeError: key: "\.\." is not a key/);
    });
  });

  it.each([OWNER_TOKEN, AWKWARD_TOKEN])('show no access token, whatever the server repeats', async (accessToken) => {
    const world = await newWorld();
    const secret = [
      accessToken,
      encodeURIComponent(accessToken),
      new URLSearchParams({ a: accessToken }).toString().slice(2),
    ];
    for (const fault of ['error-token', 'echo-url', 'reset', 'hang', 'redirect-loop', 'truncated-json']) {
      const mixcloud = raising(world.faultRoot(fault), { timeout: fault === 'hang' ? 200 : 10_000, accessToken });
      const error = await caught(() => mixcloud.get('bob/followers'));
      expect(error).toBeInstanceOf(MixcloudError);
      const shown = `${String(error)}${(error as Error).stack}${inspect(error, DEEP)}${JSON.stringify(error)}`;
      for (const spelling of secret) expect(shown).not.toContain(spelling);
    }
  });
});
