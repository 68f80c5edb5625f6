/** What stands in for a client, its driver and the server where operations and models are tested without any of them. */

import { validateMilliseconds } from '../../src/shared/base/argument.ts';
import { API_ROOT, MIXCLOUD_ROOT, OEMBED_ROOT } from '../../src/shared/base/constants.ts';
import type { AccessDict, UnknownFields } from '../../src/shared/models/access-dict.ts';
import { createModels } from '../../src/shared/models/model-factory.ts';
import { ResourceBase } from '../../src/shared/models/resource.ts';
import { ResourceListBase } from '../../src/shared/models/resource-list.ts';
import {
  CALL_OPTIONS,
  type CallOptionTable,
  type ClientContext,
  MODELS,
  type ModelFactory,
} from '../../src/shared/operations/client-context.ts';
import {
  ITERATE,
  type IterableOf,
  type Mode,
  type OperationRunner,
  type ResourceOf,
  type ResultOf,
  RUN,
} from '../../src/shared/operations/mode.ts';
import type { Pager } from '../../src/shared/operations/pager.ts';
import type {
  ApiRequest,
  ApiResponse,
  ApiResult,
  Batch,
  Failure,
  NumberedResult,
  OperationStep,
} from '../../src/shared/protocol/messages.ts';
import type { Operation } from '../../src/shared/protocol/operation.ts';

/** A step of anything but a login. */
export function toBatch(step: OperationStep): Batch {
  if (!('requests' in step)) throw new Error(`expected requests, but got the step ${step.type}`);
  return step;
}

/** A mode that waits for nothing: its replies are made up at once. */
export interface FakeMode extends Mode {
  readonly returned: ResultOf<this['value']>;
  readonly resource: ResourceBase<FakeMode> & this['value'] & UnknownFields;
  readonly list: ResourceListBase<FakeMode> & UnknownFields;
  readonly iterable: readonly ResourceOf<FakeMode, this['value']>[];
  readonly call: { readonly timeout?: number };
}

/** What the server would say to a request. */
export type Server = (request: ApiRequest) => ApiResult;

const nobody: Server = ({ method, url }) => {
  throw new Error(`nothing should be sent, but it was: ${method} ${url}`);
};

/** What a client is to operations and models; it keeps what would have been sent. */
export class FakeRunner implements OperationRunner<FakeMode> {
  readonly apiRoot: string = API_ROOT;
  readonly mixcloudRoot: string = MIXCLOUD_ROOT;
  readonly oembedRoot: string = OEMBED_ROOT;
  readonly accessToken: string | null = null;
  readonly raiseExceptions: boolean = false;
  readonly jsonDecoder = JSON.parse;
  readonly timeout = 60_000;
  readonly [CALL_OPTIONS]: CallOptionTable = { timeout: validateMilliseconds };
  readonly [MODELS]: ModelFactory = createModels<this>(this, ResourceBase<FakeMode>, ResourceListBase<FakeMode>);
  readonly batches: Batch[] = [];
  readonly #server: Server;

  constructor(settings: Partial<ClientContext> = {}, server: Server = nobody) {
    this.#server = server;
    Object.assign(this, settings);
  }

  /** What would have been sent, as `GET https://…`. */
  get sent(): string[] {
    return this.batches.flatMap(({ requests }) => requests.map(({ method, url }) => `${method} ${url}`));
  }

  [RUN]<A extends readonly unknown[], T>(
    operation: (context: ClientContext, ...args: A) => Operation<T>,
    ...args: A
  ): T {
    const flow = operation(this, ...args);
    let turn = flow.next();
    while (!turn.done) turn = flow.next(this.#perform(toBatch(turn.value)));
    return turn.value;
  }

  [ITERATE]<A extends readonly unknown[], F>(
    pager: (context: ClientContext, ...args: A) => Pager<ResourceOf<FakeMode, F>>,
    ...args: A
  ): IterableOf<FakeMode, F> {
    const flow = pager(this, ...args);
    const items: ResourceOf<FakeMode, F>[] = [];
    let results: readonly NumberedResult[] | undefined;
    for (let turn = flow.next(); !turn.done; turn = flow.next(results)) {
      results = undefined;
      if (turn.value.type === 'item') items.push(turn.value.item);
      else {
        const { requests, concurrency } = turn.value.prefetch;
        const batch = { requests: requests.map(({ request: sent }) => sent), concurrency };
        results = this.#perform(batch).map((result, index) => ({ id: requests[index]?.id ?? 0, result }));
      }
    }
    return items;
  }

  #perform(batch: Batch): ApiResult[] {
    this.batches.push(batch);
    return batch.requests.map(this.#server);
  }
}

/** A client without a token. */
export const context = (settings: Partial<ClientContext> = {}): FakeRunner => new FakeRunner(settings);

/** A token that would be noticed wherever it is shown. */
export const TOKEN = 'TheToken0123456789abcdef';

/** A client with a token. */
export const owner = (settings: Partial<ClientContext> = {}): FakeRunner =>
  context({ accessToken: TOKEN, ...settings });

/** An answer with this body: a text as it is, anything else as JSON. */
export function response(body: unknown, init: Partial<ApiResponse> = {}): ApiResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    type: 'response',
    status: 200,
    contentType: 'text/javascript; charset=utf-8',
    retryAfter: null,
    text,
    ...init,
  };
}

/** A request that got no complete answer. */
export function failure(init: Partial<Failure> = {}): Failure {
  return {
    type: 'failure',
    kind: 'connection',
    message: 'the other side closed the connection',
    code: 'ECONNRESET',
    ...init,
  };
}

/** A request to read answers with. */
export const request = (init: Partial<ApiRequest> = {}): ApiRequest => ({
  method: 'GET',
  url: `${API_ROOT}/bob/?metadata=1`,
  secrets: {},
  idempotent: true,
  timeout: 60_000,
  ...init,
});

/** The error that an API body and a status stand for. */
export const apiError = (type: string, status = 400, further: object = {}): ApiResponse =>
  response({ error: { type, message: `It is a ${type}.`, ...further } }, { status });

/** What an operation sends before it asks for a reply that there is none left of, and what it comes to else. */
export interface Stepped<T> {
  readonly batches: readonly Batch[];
  readonly requests: readonly ApiRequest[];
  readonly result: T;
}

/** Steps an operation by hand, giving it the next of the replies each time; it must take all of them. */
export function batch<T>(
  operation: Operation<T>,
  ...results: readonly (ApiResult | readonly ApiResult[])[]
): Stepped<T> {
  const batches: Batch[] = [];
  const left = [...results];
  let turn = operation.next();
  while (!turn.done) {
    batches.push(toBatch(turn.value));
    const result = left.shift();
    if (result === undefined) throw new Error(`no reply is left for ${JSON.stringify(turn.value)}`);
    turn = operation.next(Array.isArray(result) ? result : [result]);
  }
  if (left.length > 0) throw new Error(`${left.length} replies were not taken`);
  return { batches, requests: batches.flatMap(({ requests }) => requests), result: turn.value };
}

/** The only request that an operation sends when it is answered with what any of them takes. */
export function planned(operation: Operation<unknown>): ApiRequest {
  const { requests } = batch(operation, response({ data: [], result: {} }));
  const [only] = requests;
  if (only === undefined || requests.length > 1) throw new Error(`expected one request, not ${requests.length}`);
  return only;
}

/** The path and query that a request has under the root of the API. */
export const placeOf = ({ url }: ApiRequest): string => url.replace(API_ROOT, '');

/** An object of any fields, as a resource reads. */
export type AnyModel = AccessDict & UnknownFields;
