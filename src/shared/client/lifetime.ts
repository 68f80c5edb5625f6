/** A call that is under way. */
export interface RunningCall {
  /** Called when the client of the call, or one that it was derived from, is closed. */
  onClose(): void;
}

/**
 * Whether a client is open, and which calls are under way on it and on the clients derived from it.
 *
 * A derived client knows its parent, and not the other way round, so that nothing is kept of a client that is not used any
 * more. A parent knows the calls of its children only while they are under way.
 */
export class Lifetime {
  /** The lifetime of the client that this one was derived from. */
  readonly parent: Lifetime | undefined;
  readonly #calls = new Set<RunningCall>();
  #onIdle: (() => void) | undefined;

  constructor(parent: Lifetime | undefined) {
    this.parent = parent;
  }

  /** Whether the client, or one that it was derived from, is closed. */
  get closed(): boolean {
    return this.#onIdle !== undefined || (this.parent?.closed ?? false);
  }

  /** Notes that a call is under way. */
  add(call: RunningCall): void {
    this.#calls.add(call);
    this.parent?.add(call);
  }

  /** Notes that a call is over. */
  delete(call: RunningCall): void {
    this.#calls.delete(call);
    this.parent?.delete(call);
    if (this.#calls.size === 0) this.#onIdle?.();
  }

  /**
   * Closes the client and those derived from it. `onIdle` is called when no call is under way. It is called again if a call
   * that its own listener exempts from the closing goes on later.
   */
  close(onIdle: () => void): void {
    if (this.#onIdle) return;
    this.#onIdle = onIdle;
    for (const call of [...this.#calls]) call.onClose();
    if (this.#calls.size === 0) onIdle();
  }
}
