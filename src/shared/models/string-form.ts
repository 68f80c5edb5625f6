/** How models show themselves: in `String`, in consoles and in test runners. */
import { isBranded } from '../base/brand.ts';
import type { Inspect } from '../base/inspect.ts';
import { toJsonText } from '../base/json.ts';

/** Returns the class name to show: that of a subclass, or the name that both modes share (`Resource` for `ResourceSync`). */
export function getDisplayName(model: object): string {
  const type: unknown = Object.getPrototypeOf(model)?.constructor;
  if (typeof type !== 'function' || typeof type.name !== 'string' || type.name === '') return 'Model';
  return isBranded(type) ? type.name.replace(/Sync$/, '') : type.name;
}

/** Returns a type of the API in words: `cloudcast_upload` becomes `Cloudcast Upload`. */
export function toWords(type: string): string {
  return type
    .split(/[\s_-]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

/**
 * Returns what a console shows: the string form of a model and its fields or items.
 *
 * Node.js passes `inspect`. Some test runners call the hook without it.
 */
export function inspectModel(
  title: string,
  getContent: () => unknown,
  depth: number | null | undefined,
  options: object | undefined,
  inspect: Inspect | undefined,
): string {
  if (typeof depth === 'number' && depth < 0) return title;
  if (typeof inspect !== 'function') return `${title} ${toJsonText(getContent())}`;
  // `options.depth` is the depth of the whole call. The argument `depth` is the remaining depth here.
  return `${title} ${inspect(getContent(), { ...options, depth, showProxy: false })}`;
}
