import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TOKENS } from './constants.ts';
import type { User } from './data/entities.ts';
import { type AppliedFault, splitFaults } from './faults/prefix.ts';
import { ApiError } from './reply.ts';
import { View } from './view.ts';
import type { World } from './world.ts';

/** One request and the answer to it, as routes and faults see them. */
export class Exchange {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** Path and query without the fault prefix. */
  readonly target: string;
  /** The fault prefix without a slash at its end, or the empty string. */
  readonly prefix: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly faults: readonly AppliedFault[];

  constructor(world: World, request: IncomingMessage, response: ServerResponse) {
    this.world = world;
    this.request = request;
    this.response = response;
    this.method = request.method ?? 'GET';
    const split = splitFaults(originForm(request.url ?? '/'));
    this.prefix = split.prefix;
    this.target = split.rest;
    const mark = split.rest.indexOf('?');
    this.path = mark < 0 ? split.rest : split.rest.slice(0, mark);
    this.query = new URLSearchParams(mark < 0 ? '' : split.rest.slice(mark + 1));
    const armed = world.armed.take(this.method, this.target);
    this.faults = [...world.prefixed.take(split.prefix, split.faults), ...armed];
  }

  get socket(): Socket {
    return this.request.socket;
  }

  /** Scheme and host as the client called them, with the fault prefix: what links start with. */
  get base(): string {
    return `${this.host}${this.prefix}`;
  }

  get host(): string {
    return `${this.world.scheme}://${this.request.headers.host ?? new URL(this.world.origin).host}`;
  }

  /** Whose token the query carries; no token is fine here, a wrong one is not. */
  get viewer(): User | undefined {
    const token = this.query.get('access_token');
    if (token === null) return undefined;
    const name = TOKENS.get(token);
    const user = name === undefined ? undefined : this.world.store.user(name);
    if (!user) throw new ApiError(400, 'OAuthException', 'An invalid access token was provided');
    return user;
  }

  requireViewer(): User {
    const viewer = this.viewer;
    if (!viewer) throw new ApiError(400, 'OAuthException', 'An access_token is required to access this resource.');
    return viewer;
  }

  view(): View {
    return new View({
      store: this.world.store,
      typed: this.query.get('metadata') === '1',
      viewer: this.viewer,
      base: this.base,
      pageRoot: this.world.pageRoot,
    });
  }
}

/** A request that came through a forward proxy names the whole URL. */
function originForm(url: string): string {
  const match = /^https?:\/\/[^/?#]*(.*)$/i.exec(url);
  const rest = match ? (match[1] ?? '') : url;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
