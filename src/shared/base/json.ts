/** A decoded JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Returns whether a value is a plain object, of this realm or another one, and not an instance of a class. */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  // Test runners load modules in a realm of their own, whose objects have another `Object.prototype`.
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

/** Returns the JSON of a decoded value. Never throws: a value that is nested too deeply can be parsed, but not written. */
export function toJsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '"[nested too deeply]"';
  }
}
