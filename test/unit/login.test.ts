import { describe, expect, it, vi } from 'vitest';
import { login, type OAuthApp } from '../../src/shared/operations/oauth.ts';
import {
  MixcloudClosedError,
  MixcloudConnectionError,
  MixcloudOAuthError,
  MixcloudTimeoutError,
} from '../../src/shared/protocol/errors.ts';
import type { OperationResult, OperationStep } from '../../src/shared/protocol/messages.ts';
import { failure, response } from './fakes.ts';

const APP: OAuthApp = {
  oauthRoot: 'https://www.mixcloud.com/oauth',
  clientId: 'id',
  clientSecret: 'TheSecretOfTheApplication',
  timeout: 5000,
  jsonDecoder: JSON.parse,
};
const REDIRECT_URI = 'http://127.0.0.1:4711/path';
const LISTENING = { type: 'listening', redirectUri: REDIRECT_URI } as const;
const RESPONDED = { type: 'responded' } as const;
const back = (code: string | null, error: string | null = null, timeLeft = 60_000) =>
  ({ type: 'redirected', code, error, timeLeft }) as const;

/** Steps a login by hand. Returns its steps, and the token or the error that it ends with. */
function run(onUrl: (url: string) => void, ...results: readonly OperationResult[]) {
  const steps: OperationStep[] = [];
  const flow = login(APP, { onUrl, port: 4711, timeout: 60_000 });
  try {
    let turn = flow.next();
    for (const result of results) {
      if (turn.done) break;
      steps.push(turn.value);
      turn = flow.next([result]);
    }
    return { steps, outcome: turn.done ? turn.value : 'not over' };
  } catch (error) {
    return { steps, outcome: error };
  }
}

const names = (steps: readonly OperationStep[]) => steps.map((step) => ('requests' in step ? 'send' : step.type));

describe('a login', () => {
  it('listens, hands out the URL, receives the redirect, exchanges the code and responds', () => {
    const onUrl = vi.fn();
    const token = response({ access_token: 'abc' });
    const { steps, outcome } = run(onUrl, LISTENING, back('the code'), token, RESPONDED);
    expect(outcome).toBe('abc');
    expect(onUrl.mock.calls).toEqual([
      ['https://www.mixcloud.com/oauth/authorize?client_id=id&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Fpath'],
    ]);
    expect(steps).toMatchObject([
      { type: 'listen', port: 4711, timeout: 60_000 },
      { type: 'receive', redirectUri: REDIRECT_URI },
      {
        requests: [
          {
            url: 'https://www.mixcloud.com/oauth/access_token?client_id=id&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Fpath',
            secrets: { client_secret: APP.clientSecret, code: 'the code' },
            idempotent: false,
            timeout: 5000,
          },
        ],
      },
      { type: 'respond', redirectUri: REDIRECT_URI, failure: null },
    ]);
  });

  it.each<readonly [string, unknown, readonly OperationResult[], string | null]>([
    [
      'access is denied',
      MixcloudOAuthError,
      [back(null, 'access_denied')],
      'The site did not grant access: access_denied',
    ],
    [
      'the code is refused',
      MixcloudOAuthError,
      [back('x'), response({ error: 'bad code' }, { status: 400 })],
      'bad code',
    ],
    ['the exchange has no response', MixcloudConnectionError, [back('x'), failure()], null],
    ['the time is over', MixcloudTimeoutError, [failure({ kind: 'timeout' })], null],
    ['the client is closed', MixcloudClosedError, [failure({ kind: 'closed' })], null],
  ])('tells the browser and closes the port when %s', (_what, type, results, reason) => {
    const { steps, outcome } = run(() => undefined, LISTENING, ...results, RESPONDED);
    expect(outcome).toBeInstanceOf(type);
    expect(steps.at(-1)).toMatchObject({
      type: 'respond',
      failure: reason ?? 'The program did not complete the login.',
    });
  });

  it('closes the port when onUrl throws', () => {
    const thrown = new RangeError('no browser');
    const onUrl = () => {
      throw thrown;
    };
    const { steps, outcome } = run(onUrl, LISTENING, RESPONDED);
    expect(outcome).toBe(thrown);
    expect(names(steps)).toEqual(['listen', 'respond']);
  });

  it('has nothing to close when the port cannot be opened', () => {
    const { steps, outcome } = run(() => expect.unreachable(), failure({ code: 'EADDRINUSE', message: 'in use' }));
    expect(outcome).toMatchObject({ name: 'MixcloudConnectionError', code: 'EADDRINUSE', sent: false });
    expect(names(steps)).toEqual(['listen']);
  });

  it('shows no more than the beginning of a long reason', () => {
    const { outcome } = run(() => undefined, LISTENING, back(null, `${'x'.repeat(200)}y`), RESPONDED);
    expect(outcome).toMatchObject({ message: `The site did not grant access: ${'x'.repeat(200)}` });
  });

  it('fails when its driver returns the result of another step', () => {
    expect(run(() => expect.unreachable(), RESPONDED).outcome).toMatchObject({
      message: 'A driver must return a result for every step',
    });
  });

  it('does not listen for a site that gets the secret in plain text', () => {
    const app = { ...APP, oauthRoot: 'http://site.example/oauth' };
    const flow = login(app, { onUrl: () => expect.unreachable(), port: 0, timeout: 60_000 });
    expect(() => flow.next()).toThrow(/^clientSecret: not sent to http:\/\/site\.example in plain text/);
  });

  it.each([0, -5])('tries the exchange when %d ms are left, because the user has agreed', (timeLeft) => {
    const token = response({ access_token: 'abc' });
    const { steps, outcome } = run(() => undefined, LISTENING, back('x', null, timeLeft), token, RESPONDED);
    expect(steps[2]).toMatchObject({ requests: [{ timeout: 1 }] });
    expect(outcome).toBe('abc');
  });

  it('gives the exchange the time that is left, and reports that of the login', () => {
    const late = failure({ kind: 'timeout', sent: true });
    const { steps, outcome } = run(() => undefined, LISTENING, back('x', null, 40), late, RESPONDED);
    expect(steps[2]).toMatchObject({ requests: [{ timeout: 40 }] });
    expect(outcome).toMatchObject({ name: 'MixcloudTimeoutError', timeout: 60_000, sent: true });
    // With enough time, it is the timeout of the client that expired.
    expect(run(() => undefined, LISTENING, back('x'), late, RESPONDED).outcome).toMatchObject({ timeout: 5000 });
  });
});
