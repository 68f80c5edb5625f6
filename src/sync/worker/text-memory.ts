import type { SharedText } from './shared-text.ts';

/** Bytes. It holds some of the largest pages of lists. */
const CAPACITY = 2 * 1024 * 1024;

/**
 * The memory in which the worker passes large texts. A message would copy a text twice, into memory that is new each time.
 * This memory is allocated with the first large text, and used again for each reply.
 */
export class TextMemory {
  #memory: SharedArrayBuffer | undefined;
  #used = 0;

  /** Drops all texts. */
  clear(): void {
    this.#used = 0;
  }

  /** Writes a text in UTF-8. Returns `undefined` if it does not fit. */
  write(text: Uint8Array): SharedText | undefined {
    const offset = this.#used;
    const { length } = text;
    if (offset + length > CAPACITY) return undefined;
    this.#memory ??= new SharedArrayBuffer(CAPACITY);
    new Uint8Array(this.#memory).set(text, offset);
    this.#used += length;
    return { memory: this.#memory, offset, length };
  }
}
