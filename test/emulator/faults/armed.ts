import type { FaultSpec } from '../protocol.ts';
import { faultNamed } from './index.ts';
import type { AppliedFault } from './prefix.ts';

/** Faults that a test armed, for requests to come. */
export class ArmedFaults {
  #armed: { readonly applied: AppliedFault; readonly method?: string; readonly path?: RegExp; left: number }[] = [];

  arm(spec: FaultSpec): void {
    const times = spec.times ?? Number.POSITIVE_INFINITY;
    const { method, path } = spec.match ?? {};
    this.#armed.push({
      applied: {
        fault: faultNamed(spec.name),
        param: spec.param === undefined ? undefined : String(spec.param),
        times,
      },
      ...(method === undefined ? {} : { method: method.toUpperCase() }),
      ...(path === undefined ? {} : { path: new RegExp(path) }),
      left: times,
    });
  }

  clear(): void {
    this.#armed = [];
  }

  take(method: string, target: string): AppliedFault[] {
    const hit = this.#armed.filter((one) => (one.method ?? method) === method && (one.path?.test(target) ?? true));
    for (const one of hit) one.left -= 1;
    this.#armed = this.#armed.filter((one) => one.left > 0);
    return hit.map((one) => one.applied);
  }
}
