import { closedFailure } from '../../shared/protocol/failure.ts';
import type { Failure, ListenerResult, ListenerStep } from '../../shared/protocol/messages.ts';
import { RedirectListener } from './redirect-listener.ts';
import type { RequestHooks } from './sender.ts';

/** The listeners of the logins that are under way on one session, by their redirect URIs. */
export class LoginListeners {
  readonly #listeners = new Map<string, RedirectListener>();

  /** Carries out a step of a login. */
  async run(step: ListenerStep, hooks: RequestHooks = {}): Promise<ListenerResult | Failure> {
    if (step.type === 'listen') {
      const opened = await RedirectListener.open(step.port, step.timeout);
      if (!(opened instanceof RedirectListener)) return opened;
      const { redirectUri } = opened;
      this.#listeners.set(redirectUri, opened);
      return { type: 'listening', redirectUri };
    }
    const listener = this.#listeners.get(step.redirectUri);
    if (!listener) return closedFailure();
    if (step.type === 'receive') {
      const received = await listener.receive(hooks);
      return 'type' in received ? received : { type: 'redirected', ...received };
    }
    this.#listeners.delete(step.redirectUri);
    await listener.respond(step.failure);
    return { type: 'responded' };
  }
}
