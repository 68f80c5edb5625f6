import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultHooks } from '../faults/fault.ts';
import { RequestContext, type ServerFacts, type Target } from '../server/request-context.ts';
import { ApiError } from '../server/response.ts';
import type { Cloudcast, User } from '../world/entities.ts';
import type { ApiState } from './api-state.ts';
import { View } from './view.ts';

/** One request to the API, with the world that it is about. */
export class ApiContext extends RequestContext {
  readonly state: ApiState;
  /** Those that the request meets. */
  faults: readonly FaultHooks[] = [];

  constructor(
    state: ApiState,
    server: ServerFacts,
    request: IncomingMessage,
    response: ServerResponse,
    target: Target,
  ) {
    super(server, request, response, target);
    this.state = state;
  }

  /** The user of the token in the query. No token is fine here, a wrong one is not. */
  get viewer(): User | undefined {
    const token = this.query.get('access_token');
    if (token === null) return undefined;
    const user = this.state.accounts.userByToken(token);
    if (!user) throw new ApiError(400, 'OAuthException', 'An invalid access token was provided');
    return user;
  }

  requireViewer(): User {
    const { viewer } = this;
    if (!viewer) throw new ApiError(400, 'OAuthException', 'An access_token is required to access this resource.');
    return viewer;
  }

  /** Whether lists of this request leave a cloudcast out. */
  hides(cloudcast: Cloudcast): boolean {
    return this.faults.some(({ hides }) => hides?.(cloudcast));
  }

  view(): View {
    return new View({
      store: this.state.store,
      typed: this.query.get('metadata') === '1',
      viewer: this.viewer,
      base: this.base,
      pageRoot: this.state.pageRoot,
    });
  }
}
