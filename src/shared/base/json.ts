/** A decoded JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a decoded value is a JSON object, rather than what a decoder of the caller's made of one. */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** JSON of any decoded value. One that is nested more deeply than the stack allows can be read, but not written. */
export function toJsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '"[nested too deeply]"';
  }
}
