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
    let value = this.#start;
    for (const char of parts.join('\u0000')) {
      value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
    }
    value ^= value >>> 15;
    value = Math.imul(value, 0x2c1b3c6d);
    value ^= value >>> 12;
    return value >>> 0;
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

/** For names and numbers that are the same in every world. */
export const UNSEEDED: Random = new Random(0);
