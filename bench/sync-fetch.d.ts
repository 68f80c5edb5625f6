// It has no declarations of its own.
declare module 'sync-fetch' {
  export default function syncFetch(url: string): { json(): unknown };
}
