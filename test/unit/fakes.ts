/** What stands in for a client, its driver and the server where operations and models are tested without any of them. */

import { API_ROOT, MIXCLOUD_ROOT, OEMBED_ROOT } from '../../src/shared/base/constants.ts';
import type { AccessDictBase } from '../../src/shared/models/access-dict.ts';
import type { OtherFields } from '../../src/shared/models/fields.ts';
import { modelsOf } from '../../src/shared/models/model-factory.ts';
import { ResourceBase } from '../../src/shared/models/resource.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import type { Context, Models } from '../../src/shared/operations/client-context.ts';
import type { Mode } from '../../src/shared/operations/mode.ts';
import type { Walk } from '../../src/shared/operations/pager.ts';
import { ITERATE, RUN, type Runner } from '../../src/shared/operations/runner.ts';
import type { Answer, Failure, Reply, Request, Step } from '../../src/shared/protocol/messages.ts';
import type { Operation } from '../../src/shared/protocol/operation.ts';

/** A mode that waits for nothing: its replies are made up at once. */
export interface FakeMode extends Mode {
  readonly outcome: this['value'];
  readonly resource: ResourceBase<FakeMode> & this['value'] & OtherFields;
  readonly list: ResourceListBase<FakeMode> & OtherFields;
  readonly iterable: readonly this['value'][];
  readonly call: { readonly timeout?: number };
}

/** What the server would say to a request. */
export type Server = (request: Request) => Reply;

const nobody: Server = ({ method, url }) => {
  throw new Error(`nothing should be sent, but it was: ${method} ${url}`);
};

/** What a client is to operations and models; it keeps what would have been sent. */
export class FakeRunner implements Runner<FakeMode> {
  readonly apiRoot: string = API_ROOT;
  readonly mixcloudRoot: string = MIXCLOUD_ROOT;
  readonly oembedRoot: string = OEMBED_ROOT;
  readonly accessToken: string | null = null;
  readonly raiseExceptions: boolean = false;
  readonly jsonDecoder = JSON.parse;
  readonly timeout = 60_000;
  readonly callOptions = ['timeout'];
  readonly models: Models = modelsOf<this>(this, ResourceBase<FakeMode>, ResourceListBase<FakeMode>);
  readonly steps: Step[] = [];
  readonly #server: Server;

  constructor(settings: Partial<Context> = {}, server: Server = nobody) {
    this.#server = server;
    Object.assign(this, settings);
  }

  /** What would have been sent, as `GET https://…`. */
  get sent(): string[] {
    return this.steps.flatMap(({ requests }) => requests.map(({ method, url }) => `${method} ${url}`));
  }

  [RUN]<T>(operation: Operation<unknown>): T {
    let turn = operation.next();
    while (!turn.done) turn = operation.next(this.#perform(turn.value));
    return turn.value as T;
  }

  [ITERATE]<T>(walk: Walk): T {
    const items: unknown[] = [];
    let replies: readonly Reply[] | undefined;
    for (let turn = walk.next(); !turn.done; turn = walk.next(turn.value.do === 'wait' ? replies : undefined)) {
      if (turn.value.do === 'give') items.push(turn.value.item);
      if (turn.value.do === 'start') replies = this.#perform(turn.value.step);
    }
    return items as T;
  }

  #perform(step: Step): Reply[] {
    this.steps.push(step);
    return step.requests.map(this.#server);
  }
}

/** A client without a token. */
export const context = (settings: Partial<Context> = {}): FakeRunner => new FakeRunner(settings);

/** A token that would be noticed wherever it is shown. */
export const TOKEN = 'TheToken0123456789abcdef';

/** A client with a token. */
export const owner = (settings: Partial<Context> = {}): FakeRunner => context({ accessToken: TOKEN, ...settings });

/** An answer with this body: a text as it is, anything else as JSON. */
export function answer(body: unknown, facts: Partial<Answer> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { ok: true, status: 200, contentType: 'text/javascript; charset=utf-8', retryAfter: null, text, ...facts };
}

/** A request that got no complete answer. */
export function failure(facts: Partial<Failure> = {}): Failure {
  return {
    ok: false,
    kind: 'connection',
    message: 'the other side closed the connection',
    code: 'ECONNRESET',
    ...facts,
  };
}

/** A request to read answers with. */
export const request = (facts: Partial<Request> = {}): Request => ({
  method: 'GET',
  url: `${API_ROOT}/bob/?metadata=1`,
  secrets: {},
  repeatable: true,
  timeout: 60_000,
  ...facts,
});

/** The error that an API body and a status stand for. */
export const apiError = (type: string, status = 400, further: object = {}): Answer =>
  answer({ error: { type, message: `It is a ${type}.`, ...further } }, { status });

/** What an operation sends before it asks for a reply that there is none left of, and what it comes to else. */
export interface Stepped<T> {
  readonly steps: readonly Step[];
  readonly requests: readonly Request[];
  readonly result: T;
}

/** Steps an operation by hand, giving it the next of the replies each time; it must take all of them. */
export function step<T>(operation: Operation<T>, ...replies: readonly (Reply | readonly Reply[])[]): Stepped<T> {
  const steps: Step[] = [];
  const left = [...replies];
  let turn = operation.next();
  while (!turn.done) {
    steps.push(turn.value);
    const reply = left.shift();
    if (reply === undefined) throw new Error(`no reply is left for ${JSON.stringify(turn.value)}`);
    turn = operation.next(Array.isArray(reply) ? reply : [reply]);
  }
  if (left.length > 0) throw new Error(`${left.length} replies were not taken`);
  return { steps, requests: steps.flatMap(({ requests }) => requests), result: turn.value };
}

/** The only request that an operation sends when it is answered with an empty object. */
export function planned(operation: Operation<unknown>): Request {
  const { requests } = step(operation, answer({}));
  const [only] = requests;
  if (only === undefined || requests.length > 1) throw new Error(`expected one request, not ${requests.length}`);
  return only;
}

/** The path and query that a request has under the root of the API. */
export const placeOf = ({ url }: Request): string => url.replace(API_ROOT, '');

/** An object of any fields, as a resource reads. */
export type AnyModel = AccessDictBase & OtherFields;
