// What an error of Node.js's permission model names as `permission`, and the flag that allows it. Node.js 20 names no flag.
const FLAGS: Readonly<Record<string, string>> = {
  FileSystemRead: '--allow-fs-read',
  WorkerThreads: '--allow-worker',
};

/**
 * Describes an error of Node.js's permission model, and names the flag that would allow what it denied. Returns `undefined`
 * for any other error.
 */
export function describeAccessDenied(error: unknown): string | undefined {
  const { code, permission, message } = (error ?? {}) as { code?: unknown; permission?: unknown; message?: unknown };
  if (code !== 'ERR_ACCESS_DENIED') return undefined;
  const flag = String(message).match(/--allow-[\w-]+/)?.[0] ?? FLAGS[String(permission)];
  return `the permission model of Node.js denied it${flag ? `; start Node.js with ${flag}` : ''}`;
}
