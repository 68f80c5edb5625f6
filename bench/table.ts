/** Lines of a table: the first column to the left, the others to the right. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  return lines.map((cells) => `  ${cells.join('   ')}`).join('\n');
}

/** Milliseconds with three digits that say something. */
export function milliseconds(value: number): string {
  return `${digits(value)} ms`;
}

/** A ratio; a small one as a fraction, which is easier to read. */
export function times(value: number): string {
  return value < 0.4 ? `1/${digits(1 / value)}` : `${value.toFixed(2)} ×`;
}

export function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);
}
