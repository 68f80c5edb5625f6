// Longer names are compared by their beginning, because the cost is the product of the lengths.
const MAX_COMPARED_LENGTH = 60;

/** Returns the known name that is most similar to `name`, or `undefined` if none is similar. */
export function findNearest(name: string, known: readonly string[]): string | undefined {
  const plain = (word: string) => word.replace(/[_-]/g, '').toLowerCase();
  const wanted = plain(name.slice(0, MAX_COMPARED_LENGTH));
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const far = distance(wanted, plain(candidate));
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

/** Returns the Levenshtein distance. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

/**
 * Returns the known name that `name` is a misspelling of: other letter case, underscores, or one letter added, missing, changed
 * or swapped with its neighbour. Stricter than {@link findNearest}.
 */
export function findMisspelt(name: string, known: readonly string[]): string | undefined {
  const plain = (word: string) => word.replaceAll('_', '').toLowerCase();
  const wanted = plain(name.slice(0, MAX_COMPARED_LENGTH));
  return known.find((candidate) => {
    const option = plain(candidate);
    return distance(wanted, option) <= 1 || isSwapped(wanted, option);
  });
}

function isSwapped(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  const first = [...left].findIndex((letter, index) => letter !== right[index]);
  const swapped = left.slice(0, first) + left.charAt(first + 1) + left.charAt(first) + left.slice(first + 2);
  return swapped === right;
}
