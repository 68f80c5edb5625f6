/** Describes an error of a process, or of a system, that has no free file descriptor. Returns `undefined` for any other. */
export function describeFileLimit({ code }: { readonly code?: unknown }): string | undefined {
  if (code !== 'EMFILE' && code !== 'ENFILE') return undefined;
  return `too many files and connections are open (${code}); raise the limit (ulimit -n), or send fewer requests at once`;
}
