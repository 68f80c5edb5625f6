import type { Target } from '../server/request-context.ts';
import type { FaultHooks } from './fault.ts';
import { type ParameterSpecs, validateParameters } from './parameters.ts';
import { findFault } from './table.ts';

/** A fault that the path of a request names. */
export interface PrefixedFault {
  readonly hooks: FaultHooks;
  /** How many requests under this very prefix meet it. */
  readonly times: number;
}

/**
 * `/fault/NAME/…`, `/fault/NAME:VALUE/…`, either with `*TIMES` behind it, and any text after a comma to make a count of
 * its own: `/fault/html-503*2,my-test/`. Several prefixes add up. The project's own tests use them, since a root with a prefix
 * needs no call of the handle.
 */
const PREFIX = /^\/fault\/([a-z0-9-]+)(?::([^/?*,]*))?(?:\*(\d+))?(?:,[^/?]*)?(?=[/?]|$)/;

/** Splits the faults off the target of a request. */
export function splitFaultPrefix(target: string): Target & { readonly faults: readonly PrefixedFault[] } {
  const faults: PrefixedFault[] = [];
  let rest = target;
  let length = 0;
  for (let match = PREFIX.exec(rest); match; match = PREFIX.exec(rest)) {
    const [whole, name = '', value, times] = match;
    const { parameters, create } = findFault(name);
    const input = toParameters(parameters, value === undefined ? undefined : decodeURIComponent(value));
    faults.push({
      hooks: create(validateParameters(name, parameters, input)),
      times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
    });
    rest = rest.slice(whole.length);
    length += whole.length;
    if (!rest.startsWith('/')) rest = `/${rest}`;
  }
  return { prefix: target.slice(0, length), faults, rest };
}

/** Parameters from one text: the value of the first parameter. */
export function toParameters(specs: ParameterSpecs, value: string | number | undefined): Record<string, unknown> {
  const [name] = Object.keys(specs);
  if (name === undefined || value === undefined || value === '') return {};
  return { [name]: typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value };
}

/** Counts the requests under prefixes that end after some. */
export class PrefixCounts {
  readonly #used = new Map<string, number>();

  take(prefix: string, faults: readonly PrefixedFault[]): readonly FaultHooks[] {
    const limited = faults.some(({ times }) => times !== Number.POSITIVE_INFINITY);
    const used = limited ? (this.#used.get(prefix) ?? 0) : 0;
    if (limited) this.#used.set(prefix, used + 1);
    return faults.filter(({ times }) => used < times).map(({ hooks }) => hooks);
  }
}
