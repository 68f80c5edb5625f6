import { Agent, type Dispatcher, FormData, request } from 'undici';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As they came: nothing is decompressed, no redirect is followed. */
  readonly bytes: Buffer;
  readonly text: string;
}

export type CallOptions = Partial<Pick<Dispatcher.RequestOptions, 'method' | 'body' | 'headers' | 'headersTimeout'>> & {
  readonly signal?: AbortSignal;
  readonly dispatcher?: Dispatcher;
};

/** What tests read in a JSON answer; any of it may be missing. */
export interface Answer {
  readonly [name: string]: unknown;
  readonly data: readonly { readonly [name: string]: unknown; readonly key: string }[];
  readonly paging?: { readonly previous?: string; readonly next?: string };
  readonly metadata: { readonly connections: Readonly<Record<string, string>> };
  readonly error: { readonly message: string; readonly type: string };
  readonly result: { readonly key: string };
  readonly details: object;
}

type Fields = Readonly<Record<string, string | Buffer>>;

/** Requests by hand, for what has to be seen without a client in between. */
export class Caller {
  readonly #origin: string;
  readonly #agent = new Agent();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** `target` is a path with its query, or a whole URL. */
  async call(target: string, options: CallOptions = {}): Promise<RawAnswer> {
    const url = target.startsWith('/') ? this.#origin + target : target;
    const { statusCode, headers, body } = await request(url, { dispatcher: this.#agent, ...options });
    const bytes = Buffer.from(await body.arrayBuffer());
    return { status: statusCode, headers, bytes, text: bytes.toString() };
  }

  async get(target: string, options?: CallOptions): Promise<Answer> {
    return JSON.parse((await this.call(target, options)).text) as Answer;
  }

  /** Keys of the items of one page. */
  async keys(target: string): Promise<string[]> {
    return (await this.get(target)).data.map(({ key }) => key);
  }

  /** A page and all that its `next` links lead to. */
  async walk(start: string): Promise<{ keys: string[]; pages: Answer[] }> {
    const pages: Answer[] = [];
    for (let url: string | undefined = start; url; url = pages.at(-1)?.paging?.next) pages.push(await this.get(url));
    return { keys: pages.flatMap(({ data }) => data.map(({ key }) => key)), pages };
  }

  /** Sends a form; values of bytes go as files. */
  post(target: string, fields: Fields, options: CallOptions = {}): Promise<RawAnswer> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string') body.set(name, value);
      else body.set(name, new Blob([value]), `${name} ήχος.bin`);
    }
    return this.call(target, { method: 'POST', body, ...options });
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}
