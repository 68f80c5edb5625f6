/** Decides how many bytes of a body are written at once. */

const MIN_SIZE = 8 * 1024;
const MAX_SIZE = 512 * 1024;

// A write may be as large as this fraction of what the line has taken without a pause. So it is never large compared to
// the buffers of the system, which take the first bytes at once on any line.
const FRACTION = 64;

// Milliseconds after which a write counts as slow.
const SLOW_WRITE = 250;

/**
 * The size of the next write. A write is accepted as a whole, so on a slow line it must be small: an upload times out when
 * nothing is accepted for the time of `timeout`. On a fast line large writes save time.
 */
export class WriteSize {
  #taken = 0;

  get next(): number {
    return Math.min(Math.max(Math.floor(this.#taken / FRACTION), MIN_SIZE), MAX_SIZE);
  }

  /** Notes how long a write took to be accepted. */
  note(bytes: number, milliseconds: number): void {
    this.#taken = milliseconds > SLOW_WRITE ? 0 : this.#taken + bytes;
  }
}
