/** Those who fetch JSON. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import got from 'got';
import makeSynchronous from 'make-synchronous';
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
import syncFetch from 'sync-fetch';
import { createSyncFn } from 'synckit';
import { Agent, request } from 'undici';
import type { Subject } from './recording.ts';
import { closePools, dispatchText } from './scripts/dispatch-text.mjs';

export const UNDICI = 'bare undici';
export const FETCH = 'fetch';
export const GOT = 'got';
export const ASYNC = 'mixcloud-client';
export const LISTENING = `${ASYNC}, with onEvent`;
export const SYNC = 'mixcloud-client/sync';
/** Its innermost call, without the stream of the body that `request` makes. */
export const DISPATCH = "undici's dispatch";
/** The same behind synckit: what a blocking client of these libraries cannot do without. */
export const BARE_SYNCKIT = `${DISPATCH} behind synckit`;
export const MAKE_SYNCHRONOUS = 'make-synchronous';
export const SYNC_FETCH = 'sync-fetch';
export const CURL = 'curl';

export interface Reader {
  readonly name: string;
  /** Whether a call takes so long that a few of them are enough. */
  readonly slow: boolean;
  /** The decoded body. */
  readonly read: (subject: Subject) => unknown;
}

const CURL_OPTIONS = ['--silent', '--show-error', '--compressed'];

export function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

// As text: its source is run in a worker, without the helpers that a compiler would have it call.
const FETCH_TEXT = `async (undici, url) => {
  const { request } = await import(undici);
  const { gunzipSync } = await import('node:zlib');
  const { body } = await request(url, { headers: { 'accept-encoding': 'gzip' } });
  return gunzipSync(await body.arrayBuffer()).toString('utf8');
}`;

export class Readers implements AsyncDisposable {
  readonly all: readonly Reader[];
  readonly #agent = new Agent();
  readonly #async: Mixcloud;
  readonly #sync: MixcloudSync;

  constructor(origin: string) {
    this.#async = new Mixcloud({ apiRoot: origin });
    this.#sync = new MixcloudSync({ apiRoot: origin });
    const fetchText = makeSynchronous<(undici: string, url: string) => Promise<string>>(FETCH_TEXT);
    const undici = import.meta.resolve('undici');
    const worker = fileURLToPath(new URL('scripts/undici-worker.mjs', import.meta.url));
    const fetchBySynckit = createSyncFn<(url: string) => string>(worker);
    const listening = this.#async.withOptions({ onEvent: () => {} });
    const quick: Omit<Reader, 'slow'>[] = [
      { name: UNDICI, read: ({ path }) => this.#readBare(origin + path) },
      { name: DISPATCH, read: async ({ path }) => JSON.parse(await dispatchText(origin + path)) },
      // On the pool of the undici that is loaded here. In `scripts/fetch.mjs` it has its own.
      { name: FETCH, read: async ({ path }) => (await fetch(origin + path)).json() },
      { name: GOT, read: ({ path }) => got(origin + path).json() },
      { name: ASYNC, read: async ({ key, params }) => (await this.#async.get(key, { params })).data },
      { name: LISTENING, read: async ({ key, params }) => (await listening.get(key, { params })).data },
      { name: SYNC, read: ({ key, params }) => this.#sync.get(key, { params }).data },
      { name: BARE_SYNCKIT, read: ({ path }) => JSON.parse(fetchBySynckit(origin + path)) },
      { name: MAKE_SYNCHRONOUS, read: ({ path }) => JSON.parse(fetchText(undici, origin + path)) },
    ];
    const slow: Omit<Reader, 'slow'>[] = [{ name: SYNC_FETCH, read: ({ path }) => syncFetch(origin + path).json() }];
    if (hasCurl()) {
      const curl = (url: string) => execFileSync('curl', [...CURL_OPTIONS, url], { maxBuffer: 2 ** 26 });
      slow.push({ name: CURL, read: ({ path }) => JSON.parse(curl(origin + path).toString('utf8')) });
    }
    this.all = [...quick.map((one) => ({ ...one, slow: false })), ...slow.map((one) => ({ ...one, slow: true }))];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#async.close();
    this.#sync.close();
    await this.#agent.close();
    await closePools();
  }

  async #readBare(url: string): Promise<unknown> {
    const { body } = await request(url, { dispatcher: this.#agent, headers: { 'accept-encoding': 'gzip' } });
    return JSON.parse(gunzipSync(await body.arrayBuffer()).toString('utf8'));
  }
}
