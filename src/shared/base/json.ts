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

const MAX_DEPTH = 100;

/** Returns a decoded value that `JSON.stringify` can write: levels that are nested too deeply are replaced by a text. */
export function limitDepth(value: unknown, depth = MAX_DEPTH): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '[nested too deeply]';
  if (Array.isArray(value)) return value.map((item) => limitDepth(item, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, limitDepth(item, depth - 1)]));
}
