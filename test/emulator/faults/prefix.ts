import type { Fault } from './fault.ts';
import { faultNamed } from './index.ts';

export interface AppliedFault {
  readonly fault: Fault;
  readonly param: string | undefined;
  /** How many requests under this very prefix suffer it. */
  readonly times: number;
}

interface Split {
  readonly prefix: string;
  readonly faults: readonly AppliedFault[];
  readonly rest: string;
}

/**
 * `/fault/NAME/…`, `/fault/NAME:PARAM/…`, either with `*TIMES` behind it, and any text after a comma to make a count of
 * one's own: `/fault/html-503*2,my-test/`. Prefixes add up.
 */
const PREFIX = /^\/fault\/([a-z0-9-]+)(?::([^/?*,]*))?(?:\*(\d+))?(?:,[^/?]*)?(?=[/?]|$)/;

export function splitFaults(target: string): Split {
  const faults: AppliedFault[] = [];
  let rest = target;
  let length = 0;
  for (let match = PREFIX.exec(rest); match; match = PREFIX.exec(rest)) {
    const [whole, name = '', param, times] = match;
    faults.push({
      fault: faultNamed(name),
      param: param === undefined ? undefined : decodeURIComponent(param),
      times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
    });
    rest = rest.slice(whole.length);
    length += whole.length;
    if (!rest.startsWith('/')) rest = `/${rest}`;
  }
  return { prefix: target.slice(0, length), faults, rest };
}

/** Counts the requests under prefixes that end after some. */
export class PrefixCounts {
  readonly #used = new Map<string, number>();

  take(prefix: string, faults: readonly AppliedFault[]): readonly AppliedFault[] {
    if (faults.every(({ times }) => times === Number.POSITIVE_INFINITY)) return faults;
    const used = this.#used.get(prefix) ?? 0;
    this.#used.set(prefix, used + 1);
    return faults.filter(({ times }) => used < times);
  }
}
