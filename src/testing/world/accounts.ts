import { type App, FIXED_APPS, FIXED_TOKENS, OWNER_APP } from './constants.ts';
import type { User } from './entities.ts';
import { UNSEEDED } from './random.ts';

/** How one user logs in. */
export interface Account extends App {
  readonly username: string;
  readonly accessToken: string;
}

interface OpenCode {
  readonly app: App;
  /** The user who said yes. */
  readonly user: User;
  /** The redirect URI that the code was asked for with, if any. */
  readonly redirectUri: string | undefined;
}

/** Users' access tokens, the apps that ask for them, and the codes that have yet to be exchanged. */
export class Accounts {
  readonly #tokens = new Map<string, User>();
  readonly #current = new Map<User, string>();
  readonly #apps = new Map<string, { readonly app: App; readonly user: User }>();
  readonly #codes = new Map<string, OpenCode>();
  #issued = 0;

  /** Gives a user a token and an app of their own. */
  register(user: User, accessToken?: string): Account {
    const token = accessToken ?? FIXED_TOKENS.get(user.username) ?? this.#newToken(user);
    if (this.#tokens.has(token)) throw new TypeError('accessToken: another user has it already');
    this.#tokens.set(token, user);
    this.#current.set(user, token);
    const fixed = FIXED_APPS.get(user.username);
    const app = fixed ?? {
      clientId: `EmulatorClientId${UNSEEDED.hex(12, 'client', user.username)}`,
      clientSecret: `EmulatorClientSecret${UNSEEDED.hex(32, 'secret', user.username)}`,
    };
    this.#apps.set(app.clientId, { app, user });
    if (fixed) this.#codes.set(fixed.firstCode, { app, user, redirectUri: undefined });
    return this.#account(user, app);
  }

  /** One for each user, in the order in which they were registered. */
  all(): Account[] {
    return [...this.#apps.values()].map(({ app, user }) => this.#account(user, app));
  }

  /** The user whose token it is, or `undefined`. */
  userByToken(token: string): User | undefined {
    return this.#tokens.get(token);
  }

  /** The app with its user. Where nobody has the default app, it is that of the user who was registered first. */
  appById(clientId: string): { readonly app: App; readonly user: User } | undefined {
    const found = this.#apps.get(clientId);
    if (found || clientId !== OWNER_APP.clientId) return found;
    const [first] = this.#apps.values();
    return first && { app: OWNER_APP, user: first.user };
  }

  /** Ends all tokens and open codes of a user, who gets a new token at the next login. */
  revoke(user: User): Account {
    for (const [token, owner] of this.#tokens) if (owner === user) this.#tokens.delete(token);
    for (const [code, open] of this.#codes) if (open.user === user) this.#codes.delete(code);
    const token = this.#newToken(user);
    this.#tokens.set(token, user);
    this.#current.set(user, token);
    const own = [...this.#apps.values()].find((one) => one.user === user);
    return this.#account(user, own?.app ?? OWNER_APP);
  }

  /** A code for one exchange, with the redirect URI that it was asked for with. */
  issueCode(app: App, user: User, redirectUri?: string): string {
    this.#issued += 1;
    const code = `EmulatorCode${UNSEEDED.hex(20, 'code', app.clientId, this.#issued)}`;
    this.#codes.set(code, { app, user, redirectUri });
    return code;
  }

  /** The token for a code, or why there is none. An exchange with the right secret uses the code up. */
  exchangeCode(params: URLSearchParams): { readonly token: string } | { readonly error: string } {
    const app = this.appById(params.get('client_id') ?? '')?.app;
    if (!app) return { error: 'Unknown client_id' };
    if (params.get('client_secret') !== app.clientSecret) return { error: 'Wrong client_secret' };
    const code = params.get('code') ?? '';
    const open = this.#codes.get(code);
    if (!open || open.app.clientId !== app.clientId) return { error: 'This code is not valid' };
    const redirectUri = params.get('redirect_uri');
    if (!redirectUri || (open.redirectUri !== undefined && open.redirectUri !== redirectUri)) {
      return { error: 'redirect_uri does not match' };
    }
    this.#codes.delete(code);
    return { token: this.#current.get(open.user) ?? '' };
  }

  #newToken(user: User): string {
    this.#issued += 1;
    return `EmulatorToken${UNSEEDED.hex(32, 'token', user.username, this.#issued)}`;
  }

  #account(user: User, app: App): Account {
    const { clientId, clientSecret } = app;
    return { username: user.username, accessToken: this.#current.get(user) ?? '', clientId, clientSecret };
  }
}
