/** FNV-1a: the made-up world must be the same on every machine and in every run, so nothing here draws lots. */
export function hash(...parts: readonly (string | number)[]): number {
  let value = 0x811c9dc5;
  for (const char of parts.join('\u0000')) {
    value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  value ^= value >>> 12;
  return value >>> 0;
}

export function pick<T>(items: readonly T[], ...seed: readonly (string | number)[]): T {
  const item = items[hash(...seed) % items.length];
  if (item === undefined) throw new Error('cannot pick from nothing');
  return item;
}

export function hex(length: number, ...seed: readonly (string | number)[]): string {
  let text = '';
  for (let round = 0; text.length < length; round += 1) {
    text += hash(round, ...seed)
      .toString(16)
      .padStart(8, '0');
  }
  return text.slice(0, length);
}

/** A path like those of stored pictures: four single digits, then a dashed rest. */
export function pictureId(...seed: readonly (string | number)[]): string {
  const digits = hex(36, 'picture', ...seed);
  return `${[...digits.slice(0, 4)].join('/')}/${digits.slice(4, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20, 32)}`;
}
