import { MIXCLOUD_ROOT } from '../../shared/base/constants.ts';

/** Where pages are: the real address, another one, or a path on the server's own origin. */
export function toPageRoot(option: string | undefined, origin: string): string {
  const root = (option ?? MIXCLOUD_ROOT).replace(/\/+$/, '');
  return root.startsWith('/') ? `${origin}${root}` : root;
}
