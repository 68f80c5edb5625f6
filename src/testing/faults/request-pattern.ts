const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS']);

/** Requests by method and path: `'POST /upload/'`, `'/bob/*'` or `'*'`. `*` stands for any characters. */
export class RequestPattern {
  readonly #method: string | undefined;
  readonly #path: RegExp;

  constructor(pattern: string) {
    const [, method, path = ''] = /^(?:([A-Za-z]+) +)?(\S+)$/.exec(pattern.trim()) ?? [];
    const upper = method?.toUpperCase();
    if (!/^[/*]/.test(path) || (upper !== undefined && !METHODS.has(upper))) {
      throw new TypeError(
        `on: expected 'METHOD /path/', '/path/' or '*', with * for any characters, but got ${JSON.stringify(pattern)}`,
      );
    }
    if (path.includes('?'))
      throw new TypeError(`on: is compared without the query, but got ${JSON.stringify(pattern)}`);
    this.#method = upper;
    const parts = path.split('*').map((part) => normalize(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.#path = new RegExp(`^${parts.join('.*')}$`, 's');
  }

  matches(method: string, path: string): boolean {
    return (this.#method === undefined || this.#method === method) && this.#path.test(normalize(path));
  }
}

/** The path with its characters decoded, so that a name beyond ASCII may be written either way. */
function normalize(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
