/**
 * Numbers that follow from a seed: the same on every machine and in every run. The world is made of hashes, not of a sequence
 * of draws, so that one more user changes nothing about the others.
 */
export class Random {
  readonly #start: number;

  constructor(seed: number) {
    this.#start = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  }

  /** A whole number below 2^32 that follows from the seed and the parts (FNV-1a, with a final mix). */
  hash(...parts: readonly (string | number)[]): number {
    return mix(digest(this.#start, parts.join('\u0000')));
  }

  /** `hash` of these parts and one more. Quicker than `hash` where there are many of that one. */
  partialHash(...parts: readonly (string | number)[]): (last: string | number) => number {
    const state = digest(this.#start, `${parts.join('\u0000')}\u0000`);
    return (last) => mix(digest(state, String(last)));
  }

  /** One of the items. */
  pick<T>(items: readonly T[], ...parts: readonly (string | number)[]): T {
    const item = items[this.hash(...parts) % items.length];
    if (item === undefined) throw new Error('cannot pick from an empty list');
    return item;
  }

  /** So many hex digits. */
  hex(length: number, ...parts: readonly (string | number)[]): string {
    let text = '';
    for (let round = 0; text.length < length; round += 1) {
      text += this.hash(round, ...parts)
        .toString(16)
        .padStart(8, '0');
    }
    return text.slice(0, length);
  }

  /** A path like those of stored pictures: four single digits, then a dashed rest. */
  picturePath(...parts: readonly (string | number)[]): string {
    const digits = this.hex(36, 'picture', ...parts);
    const groups = [digits.slice(4, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20)];
    return `${[...digits.slice(0, 4)].join('/')}/${groups.join('-')}-${digits.slice(20, 32)}`;
  }
}

function digest(state: number, text: string): number {
  let value = state;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.codePointAt(i) ?? 0;
    if (code > 0xffff) i += 1;
    value = Math.imul(value ^ code, 0x01000193);
  }
  return value;
}

function mix(state: number): number {
  let value = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  value ^= value >>> 12;
  return value >>> 0;
}

/** For names and numbers that are the same in every world. */
export const UNSEEDED: Random = new Random(0);
