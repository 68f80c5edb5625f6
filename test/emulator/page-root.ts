import { PAGE_ROOT } from './constants.ts';

/** Where a world's pages are: the real address, one of the caller's, or a path on the world's own origin. */
export function pageRoot(option: string | undefined, origin: string): string {
  const root = (option ?? PAGE_ROOT).replace(/\/+$/, '');
  return root.startsWith('/') ? `${origin}${root}` : root;
}
