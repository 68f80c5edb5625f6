/** Events of the worker, delivered to the listeners of their jobs. */
import type { PlainEvent } from '../../shared/protocol/events.ts';
import type { JobEvent } from './worker-messages.ts';

/** Is called with the events of one job. */
export type JobListener = (event: PlainEvent) => void;

interface Listening {
  readonly listener: JobListener;
  thrown?: { readonly error: unknown };
}

/**
 * Delivers events in the order in which they happened, whichever job the calling thread waits for. What a listener throws is
 * kept for the call that it belongs to, which may be a loop that waits later.
 */
export class EventInbox {
  readonly #jobs = new Map<number, Listening>();
  readonly #pending: JobEvent[] = [];
  #received = 0;

  /** Number of events that were received from the worker. */
  get received(): number {
    return this.#received;
  }

  /** Begins to count again, for a new worker. */
  reset(): void {
    this.#received = 0;
  }

  /** Listens to a job. */
  open(job: number, listener: JobListener): void {
    this.#jobs.set(job, { listener });
  }

  /** Stops listening to a job. */
  forget(job: number): void {
    this.#jobs.delete(job);
  }

  /** Throws what the listener of a job has thrown. */
  throwIfListenerThrew(job: number): void {
    const thrown = this.#jobs.get(job)?.thrown;
    if (thrown) throw thrown.error;
  }

  /** Takes the events of a reply, and delivers them. */
  receive(events: readonly JobEvent[]): void {
    this.#received += events.length;
    this.#pending.push(...events);
    // A listener may make a call of its own, which then delivers the events that are still pending here.
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) this.#deliver(next);
  }

  #deliver({ job, event }: JobEvent): void {
    const listening = this.#jobs.get(job);
    if (!listening || listening.thrown) return;
    try {
      listening.listener(event);
    } catch (error) {
      listening.thrown = { error };
    }
  }
}
