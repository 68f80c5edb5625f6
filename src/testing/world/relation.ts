/** A related object, and the time of the relation in UNIX seconds. */
export interface Dated<T> {
  readonly item: T;
  readonly time: number;
}

/** Who did what to whom, and when. Times within one relation all differ, so that a window by date cuts cleanly. */
export class Relation<From, To> {
  readonly #forward = new Map<From, Map<To, number>>();
  readonly #backward = new Map<To, Map<From, number>>();

  add(from: From, to: To, time: number): void {
    getOrCreate(this.#forward, from).set(to, time);
    getOrCreate(this.#backward, to).set(from, time);
  }

  /** Returns whether there was a relation to remove. */
  remove(from: From, to: To): boolean {
    this.#backward.get(to)?.delete(from);
    return this.#forward.get(from)?.delete(to) ?? false;
  }

  has(from: From, to: To): boolean {
    return this.#forward.get(from)?.has(to) ?? false;
  }

  /** What it is related to, newest first. */
  targets(from: From): Dated<To>[] {
    return sortNewestFirst(this.#forward.get(from));
  }

  /** What is related to it, newest first. */
  sources(to: To): Dated<From>[] {
    return sortNewestFirst(this.#backward.get(to));
  }

  countTargets(from: From): number {
    return this.#forward.get(from)?.size ?? 0;
  }

  countSources(to: To): number {
    return this.#backward.get(to)?.size ?? 0;
  }
}

function getOrCreate<A, B>(map: Map<A, Map<B, number>>, key: A): Map<B, number> {
  let found = map.get(key);
  if (!found) {
    found = new Map();
    map.set(key, found);
  }
  return found;
}

function sortNewestFirst<T>(times: ReadonlyMap<T, number> | undefined): Dated<T>[] {
  return [...(times ?? [])].map(([item, time]) => ({ item, time })).sort((a, b) => b.time - a.time);
}
