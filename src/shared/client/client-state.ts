import { INSPECT, type Inspect } from '../base/inspect.ts';
import type { JsonObject } from '../base/json.ts';
import { type JsonDecoder, type ValidatedClientOptions, validateToken } from '../input/client-options.ts';
import type { Mode } from '../operations/mode.ts';
import type { MixcloudEventListener } from '../protocol/events.ts';
import { CONNECTION_OPTIONS, READABLE_OPTIONS } from './derive.ts';
import { guardOptions } from './option-guard.ts';

/** Classes of the returned objects. */
export interface ModelClasses<M extends Mode> {
  readonly resourceClass: M['resourceClass'];
  readonly resourceListClass: M['resourceListClass'];
}

/** The settings of a client, which can be read back. Only the access token can be changed. */
export abstract class ClientState<M extends Mode> {
  readonly #settings: ValidatedClientOptions;
  readonly #classes: ModelClasses<M>;
  #accessToken: string | null;

  /** @internal */
  constructor(settings: ValidatedClientOptions, classes: ModelClasses<M>) {
    this.#settings = settings;
    this.#classes = classes;
    this.#accessToken = settings.accessToken;
  }

  /** OAuth access token, or `null`. It can be set at any time, and takes effect with the next call. */
  get accessToken(): string | null {
    return this.#accessToken;
  }

  set accessToken(token: string | null) {
    this.#accessToken = validateToken('accessToken', token);
  }

  /** Base URL of API requests. */
  get apiRoot(): string {
    return this.#settings.apiRoot;
  }

  /** Base URL of pages. */
  get mixcloudRoot(): string {
    return this.#settings.mixcloudRoot;
  }

  /** The oEmbed endpoint. */
  get oembedRoot(): string {
    return this.#settings.oembedRoot;
  }

  /** Whether errors of the API are thrown. */
  get raiseExceptions(): boolean {
    return this.#settings.raiseExceptions;
  }

  /** Decodes JSON bodies. */
  get jsonDecoder(): JsonDecoder {
    return this.#settings.jsonDecoder;
  }

  /** Timeout of a call in milliseconds, unless the call has its own. */
  get timeout(): number {
    return this.#settings.timeout;
  }

  /** Number of further attempts of a GET that failed. */
  get retries(): number {
    return this.#settings.session.retries;
  }

  /** Longest rate limit in seconds that a call waits for. */
  get maxRateLimitWait(): number {
    return this.#settings.session.maxRateLimitWait;
  }

  /** The User-Agent header. */
  get userAgent(): string {
    return this.#settings.session.userAgent;
  }

  /** Listener of the events, or `null`. */
  get onEvent(): MixcloudEventListener | null {
    return this.#settings.onEvent;
  }

  /** Class of the returned resources. */
  get resourceClass(): M['resourceClass'] {
    return this.#classes.resourceClass;
  }

  /** Class of the returned lists. */
  get resourceListClass(): M['resourceListClass'] {
    return this.#classes.resourceListClass;
  }

  /** Used by `console.log`. Shows the options without the access token. @internal */
  [INSPECT](depth: number, options: object, inspect: Inspect): string {
    const shown = { accessToken: this.#accessToken === null ? null : '[set]', ...this.toJSON() };
    return depth < 0 ? `[${this.constructor.name}]` : `${this.constructor.name} ${inspect(shown, options)}`;
  }

  /** Used by `JSON.stringify`. Returns the options without the access token. */
  toJSON(): JsonObject {
    const { apiRoot, mixcloudRoot, oembedRoot, raiseExceptions, timeout, retries, maxRateLimitWait, userAgent } = this;
    return { apiRoot, mixcloudRoot, oembedRoot, raiseExceptions, timeout, retries, maxRateLimitWait, userAgent };
  }
}

guardOptions(ClientState.prototype, [...READABLE_OPTIONS, ...CONNECTION_OPTIONS], ['accessToken']);
