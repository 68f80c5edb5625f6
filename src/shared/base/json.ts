/** JSON of any decoded value. One that is nested more deeply than the stack allows can be read, but not written. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '"[nested too deeply]"';
  }
}
