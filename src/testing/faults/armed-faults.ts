import type { RequestContext } from '../server/request-context.ts';
import type { FaultHooks } from './fault.ts';
import { validateParameters } from './parameters.ts';
import { RequestPattern } from './request-pattern.ts';
import { findFault } from './table.ts';

/** A fault to arm, from the caller's thread. */
export interface FaultSpec {
  readonly name: string;
  readonly on?: string | null | undefined;
  readonly times?: number | null | undefined;
  /** Part of the query that a request must contain: what the project's own tests tell pages apart by. */
  readonly query?: string;
  readonly [parameter: string]: unknown;
}

interface ArmedFault {
  readonly hooks: FaultHooks;
  readonly pattern: RequestPattern;
  readonly query: string;
  left: number;
}

/** Faults for requests to come, oldest first. */
export class ArmedFaults {
  #armed: ArmedFault[] = [];

  arm({ name, on, times, query = '', ...parameters }: FaultSpec): void {
    const { parameters: specs, create } = findFault(name);
    this.#armed.push({
      hooks: create(validateParameters(name, specs, parameters)),
      pattern: new RequestPattern(on ?? '*'),
      query,
      left: times ?? Number.POSITIVE_INFINITY,
    });
  }

  clear(): void {
    this.#armed = [];
  }

  /** The oldest fault that a request meets. It is used up by as many requests as it was armed for. */
  take(context: RequestContext): FaultHooks | undefined {
    const { method, path, target } = context;
    const found = this.#armed.find(
      ({ hooks, pattern, query }) =>
        pattern.matches(method, path) &&
        target.slice(path.length).includes(query) &&
        (hooks.affects?.(context) ?? true),
    );
    if (!found) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#armed.splice(this.#armed.indexOf(found), 1);
    return found.hooks;
  }
}
