/** A decoded JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Returns whether a decoded value is a plain JSON object. A caller's decoder may return other objects. */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Returns the JSON of a decoded value. Never throws: a value that is nested too deeply can be parsed, but not written. */
export function toJsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '"[nested too deeply]"';
  }
}
