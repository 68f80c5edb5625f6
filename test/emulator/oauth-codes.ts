import { APPS, type App } from './constants.ts';
import { hex } from './data/random.ts';

/** Codes given out and not yet exchanged; each is good for one exchange, with the redirect URI it was given for. */
export class Codes {
  readonly #open = new Map<string, { readonly app: App; readonly redirectUri: string | undefined }>();
  #issued = 0;

  constructor() {
    for (const app of APPS) this.#open.set(app.firstCode, { app, redirectUri: undefined });
  }

  issue(app: App, redirectUri?: string): string {
    this.#issued += 1;
    const code = `EmulatorCode${hex(20, 'code', app.clientId, this.#issued)}`;
    this.#open.set(code, { app, redirectUri });
    return code;
  }

  /** The token, or why there is none. The code is spent by any exchange that names its app and secret. */
  exchange(params: URLSearchParams): { readonly token: string } | { readonly error: string } {
    const app = APPS.find((one) => one.clientId === params.get('client_id'));
    if (!app) return { error: 'Unknown client_id' };
    if (params.get('client_secret') !== app.clientSecret) return { error: 'Wrong client_secret' };
    const code = params.get('code') ?? '';
    const issued = this.#open.get(code);
    if (!issued || issued.app !== app) return { error: 'This code is not valid' };
    const redirectUri = params.get('redirect_uri');
    if (!redirectUri || (issued.redirectUri !== undefined && issued.redirectUri !== redirectUri)) {
      return { error: 'redirect_uri does not match' };
    }
    this.#open.delete(code);
    return { token: app.accessToken };
  }
}
