import { fileURLToPath } from 'node:url';

/**
 * The path of the built file that this code is in. Only CommonJS has no `import.meta.url`. `__filename` alone cannot tell the
 * formats apart, because a console and `node --eval` define it for every module.
 */
export function modulePath(): string {
  const { url } = import.meta as { readonly url?: string };
  return url === undefined ? __filename : fileURLToPath(url);
}
