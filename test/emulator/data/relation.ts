/** Who did what to whom, and when. Times within one relation all differ, so that a window by date cuts cleanly. */
export class Relation<From, To> {
  readonly #forward = new Map<From, Map<To, number>>();
  readonly #backward = new Map<To, Map<From, number>>();

  add(from: From, to: To, time: number): void {
    entry(this.#forward, from).set(to, time);
    entry(this.#backward, to).set(from, time);
  }

  /** Whether there was something to remove. */
  remove(from: From, to: To): boolean {
    this.#backward.get(to)?.delete(from);
    return this.#forward.get(from)?.delete(to) ?? false;
  }

  has(from: From, to: To): boolean {
    return this.#forward.get(from)?.has(to) ?? false;
  }

  of(from: From): Dated<To>[] {
    return newestFirst(this.#forward.get(from));
  }

  to(to: To): Dated<From>[] {
    return newestFirst(this.#backward.get(to));
  }

  countOf(from: From): number {
    return this.#forward.get(from)?.size ?? 0;
  }

  countTo(to: To): number {
    return this.#backward.get(to)?.size ?? 0;
  }
}

export interface Dated<T> {
  readonly item: T;
  readonly time: number;
}

function entry<A, B>(map: Map<A, Map<B, number>>, key: A): Map<B, number> {
  let found = map.get(key);
  if (!found) {
    found = new Map();
    map.set(key, found);
  }
  return found;
}

function newestFirst<T>(times: ReadonlyMap<T, number> | undefined): Dated<T>[] {
  return [...(times ?? [])].map(([item, time]) => ({ item, time })).sort((a, b) => b.time - a.time);
}
