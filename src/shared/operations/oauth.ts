/** Obtaining an access token: the URL that a user opens, the exchange of a code, and a login that does both. */
import { isJsonObject, type JsonObject } from '../base/json.ts';
import { isConfidential } from '../base/loopback.ts';
import { redact } from '../base/secret.ts';
import { MixcloudOAuthError, MixcloudTimeoutError } from '../protocol/errors.ts';
import { describeRequest, fromListenerFailure } from '../protocol/failure.ts';
import type { ApiRequest, ApiResponse, ListenerResult, OperationResult } from '../protocol/messages.ts';
import { type Operation, send } from '../protocol/operation.ts';
import { setParams } from './build-request.ts';

/** The application that asks for a token. */
export interface OAuthApp {
  readonly oauthRoot: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Milliseconds for the exchange. */
  readonly timeout: number;
  readonly jsonDecoder: (text: string) => unknown;
}

/** What an exchange came to. */
export type TokenResult = { readonly token: string } | { readonly error: MixcloudOAuthError };

/** Builds the URL that a user opens. */
export function buildAuthorizationUrl(
  { oauthRoot, clientId }: Pick<OAuthApp, 'oauthRoot' | 'clientId'>,
  redirectUri: string,
): string {
  return buildUrl(oauthRoot, 'authorize', clientId, redirectUri);
}

/** Exchanges a code for a token. */
export function* exchangeCode(app: OAuthApp, redirectUri: string, code: string): Operation<TokenResult> {
  const url = buildUrl(app.oauthRoot, 'access_token', app.clientId, redirectUri);
  const request: ApiRequest = {
    method: 'GET',
    url,
    secrets: { client_secret: app.clientSecret, code },
    // A code can be used once. After a connection failure it may have been used.
    idempotent: false,
    timeout: app.timeout,
  };
  requireConfidential(url);
  const response = yield* send(request);
  const { token, message } = parseTokenResponse(response, app.jsonDecoder);
  if (token !== null) return { token };
  const { method } = request;
  const init = { status: response.status, type: 'OAuthException', method, url: request.url };
  return {
    error: new MixcloudOAuthError(message ?? `${describeRequest(request)}: no access token in the answer`, init),
  };
}

/** How a login is carried out. */
export interface Login {
  readonly onUrl: (url: string) => void;
  readonly port: number;
  /** Milliseconds. */
  readonly timeout: number;
}

/** Lets a user log in with a browser on this machine, and returns the token. */
export function* login(app: OAuthApp, { onUrl, port, timeout }: Login): Operation<string> {
  requireConfidential(app.oauthRoot);
  const listening = expectResult(yield { type: 'listen', port, timeout }, 'listening', timeout);
  const { redirectUri } = listening;
  let failure: string | null = 'The program did not complete the login.';
  try {
    onUrl(buildAuthorizationUrl(app, redirectUri));
    const { code, error, timeLeft } = expectResult(yield { type: 'receive', redirectUri }, 'redirected', timeout);
    if (code === null) throw createRefusal(error, app);
    const token = yield* exchangeInTime(app, { redirectUri, code, timeLeft, timeout });
    failure = null;
    return token;
  } catch (error) {
    if (error instanceof MixcloudOAuthError) failure = error.message;
    throw error;
  } finally {
    // However it ends, the browser is told, and the port is closed.
    yield { type: 'respond', redirectUri, failure };
  }
}

interface TimedExchange {
  readonly redirectUri: string;
  readonly code: string;
  readonly timeLeft: number;
  readonly timeout: number;
}

/** The timeout of a login includes the exchange. */
function* exchangeInTime(app: OAuthApp, { redirectUri, code, timeLeft, timeout }: TimedExchange): Operation<string> {
  const isShort = timeLeft < app.timeout;
  try {
    const result = yield* exchangeCode(isShort ? { ...app, timeout: Math.max(timeLeft, 1) } : app, redirectUri, code);
    if ('error' in result) throw result.error;
    return result.token;
  } catch (cause) {
    if (!(isShort && cause instanceof MixcloudTimeoutError)) throw cause;
    const { method, url, sent } = cause;
    throw new MixcloudTimeoutError(`login: not complete within ${timeout} ms`, { timeout, method, url, sent, cause });
  }
}

// Longer reasons are not those of a site.
const MAX_REASON_LENGTH = 200;

function createRefusal(reason: string | null, { clientSecret }: OAuthApp): MixcloudOAuthError {
  // A terminal would obey control characters.
  const text = redact((reason ?? '').replace(/\p{Cc}+/gu, ' '), { client_secret: clientSecret });
  return new MixcloudOAuthError(`The site did not grant access: ${text.slice(0, MAX_REASON_LENGTH)}`, {
    type: 'OAuthException',
  });
}

function expectResult<T extends ListenerResult['type']>(
  [result]: readonly OperationResult[],
  type: T,
  timeout: number,
): Extract<ListenerResult, { readonly type: T }> {
  if (result?.type === 'failure') throw fromListenerFailure(result, timeout);
  if (result?.type !== type) throw new Error('A driver must return a result for every step');
  return result as Extract<ListenerResult, { readonly type: T }>;
}

function buildUrl(oauthRoot: string, page: string, clientId: string, redirectUri: string): string {
  return setParams(`${oauthRoot}/${page}`, { client_id: clientId, redirect_uri: redirectUri });
}

function requireConfidential(url: string): void {
  if (isConfidential(url)) return;
  throw new TypeError(`clientSecret: not sent to ${new URL(url).origin} in plain text; use an https oauthRoot`);
}

interface ParsedToken {
  readonly token: string | null;
  readonly message: string | null;
}

// The documentation shows a form-encoded response. Servers send JSON. Accept both.
function parseTokenResponse(response: ApiResponse, decode: (body: string) => unknown): ParsedToken {
  const said = decodeObject(response.text, decode) ?? Object.fromEntries(new URLSearchParams(response.text.trim()));
  const { access_token: token, error } = said;
  const message = isJsonObject(error) ? error.message : error;
  return {
    token: response.status < 400 && typeof token === 'string' && token !== '' ? token : null,
    message: typeof message === 'string' && message !== '' ? message : null,
  };
}

function decodeObject(body: string, decode: (body: string) => unknown): JsonObject | undefined {
  try {
    const data = decode(body);
    return isJsonObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}
